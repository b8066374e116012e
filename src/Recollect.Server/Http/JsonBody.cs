using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Recollect.Server.Http;

/// <summary>Reads the JSON object of a request, and says what is wrong with one that cannot be read.</summary>
internal static class JsonBody
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>Reads the body. A field that nothing reads is refused: it is most often misspelt.</summary>
    /// <exception cref="ProblemException">It is no JSON, too large, has another field, or a field of another type.</exception>
    public static async ValueTask<TBody> ReadAsync<TBody>(HttpRequest request, JsonTypeInfo<TBody> type, CancellationToken cancellationToken)
        where TBody : class
    {
        if (!request.HasJsonContentType())
        {
            throw new ProblemException(StatusCodes.Status415UnsupportedMediaType, "The body must be JSON, and the header Content-Type must say so: application/json.");
        }

        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, Strict, cancellationToken);
            Check(document.RootElement, type);
            return document.Deserialize(type)!;
        }
        catch (JsonException ex)
        {
            var place = ex.Path is { Length: > 1 } path
                ? $"the field {path.TrimStart('$', '.')} is of the wrong type, or no well-formed text"
                : string.Create(CultureInfo.InvariantCulture, $"it is no JSON from byte {ex.BytePositionInLine ?? 0} of line {(ex.LineNumber ?? 0) + 1} on");
            throw new ProblemException(StatusCodes.Status400BadRequest, $"The body cannot be read: {place}.");
        }
        catch (InvalidOperationException) // how half a surrogate pair, or bytes that are no UTF-8, are told
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "The body cannot be read: it holds text that is not well-formed Unicode.");
        }
    }

    private static void Check(JsonElement body, JsonTypeInfo type)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "The body must be a JSON object.");
        }

        var known = type.Properties.Select(property => property.Name).ToArray();
        foreach (var field in body.EnumerateObject().Select(field => field.Name).Where(name => !known.Contains(name, StringComparer.Ordinal)))
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, $"\"{Quoted.Of(field)}\" is no field; known: {string.Join(", ", known)}.");
        }

        foreach (var missing in type.Properties.Where(property => property.IsRequired && !body.TryGetProperty(property.Name, out _)))
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, $"The field {missing.Name} is missing.");
        }
    }
}

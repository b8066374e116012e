using System.Globalization;
using System.Numerics;
using Microsoft.AspNetCore.Http;

namespace Recollect.Server.Http;

/// <summary>Reads the fields of a query string. One that nothing reads, or that is given twice, is refused as in a body.</summary>
internal sealed class QueryFields
{
    private readonly IQueryCollection _query;

    /// <exception cref="ProblemException">There is a field that is not among the known ones, or one is given twice.</exception>
    public QueryFields(HttpRequest request, params string[] known)
    {
        _query = request.Query;
        foreach (var (name, values) in _query)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                throw new ProblemException(StatusCodes.Status400BadRequest, $"\"{Quoted.Of(name)}\" is no field; known: {string.Join(", ", known)}.");
            }

            if (values.Count > 1)
            {
                throw new ProblemException(StatusCodes.Status400BadRequest, $"The field {name} is given {values.Count} times.");
            }
        }
    }

    /// <summary>Gets a text; null where it is not given.</summary>
    public string? Text(string name) => _query.TryGetValue(name, out var values) ? values[0] ?? string.Empty : null;

    /// <summary>Gets a text that must be given.</summary>
    /// <exception cref="ProblemException">It is not given.</exception>
    public string RequiredText(string name) => Text(name) ?? throw new ProblemException(StatusCodes.Status400BadRequest, $"The field {name} is missing.");

    /// <summary>Gets a number; null where it is not given.</summary>
    /// <typeparam name="TNumber">The type; an integer takes whole numbers only.</typeparam>
    /// <exception cref="ProblemException">It is no number.</exception>
    public TNumber? Number<TNumber>(string name)
        where TNumber : struct, INumber<TNumber> => Text(name) switch
        {
            null => null,
            { } text when TNumber.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw new ProblemException(StatusCodes.Status400BadRequest, $"The field {name} must be a number."),
        };
}

using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Recollect.Conversations;
using Recollect.Ingest.Sources.Files;
using Recollect.Text;

namespace Recollect.Cli.Evaluation;

/// <summary>Reads questions of a user's own: JSON Lines, each with the ids of the messages that should be found.</summary>
internal static class QuestionLines
{
    private const int MaxLineBytes = 1024 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads a file. A line that cannot be used stops nothing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="ConfigurationException">The file cannot be read.</exception>
    public static async Task<LabelledQuestions> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var questions = new List<LabelledQuestion>();
        var unreadable = new List<string>();
        var asked = new Dictionary<(Owner, string), string>();
        try
        {
            using var lines = new LineReader(File.OpenRead(path), MaxLineBytes);
            while (await lines.FillAsync(cancellationToken))
            {
                while (lines.TryTake(out var line))
                {
                    var place = string.Create(CultureInfo.InvariantCulture, $"{path}:{line.Number}");
                    var reason = Read(line, place, out var question);
                    if (question is not null && !asked.TryAdd((question.Owner, question.Text), place))
                    {
                        reason = $"is asked already at {asked[(question.Owner, question.Text)]}";
                    }
                    else if (question is not null)
                    {
                        questions.Add(question);
                    }

                    if (reason is not null)
                    {
                        unreadable.Add($"{place}: {reason}");
                    }
                }
            }
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path} cannot be read: {ex.Message}");
        }

        return new(questions, unreadable);
    }

    private static string? Read(in Line line, string place, out LabelledQuestion? question)
    {
        question = null;
        var bytes = line.Bytes;
        if (line.Number == 1 && bytes.Span.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }

        if (line.IsTooLong || !Utf8.IsValid(bytes.Span))
        {
            return line.IsTooLong ? "is longer than 1 MiB" : "is not valid UTF-8";
        }

        if (bytes.Span.Trim(" \t"u8).IsEmpty)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement, place, out question) : "is not an object";
        }
        catch (JsonException)
        {
            return "is not valid JSON, or repeats a key";
        }
        catch (InvalidOperationException)
        {
            return "holds a key that is not text";
        }
    }

    private static string? Read(JsonElement line, string place, out LabelledQuestion? question)
    {
        question = null;
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in (ReadOnlySpan<string>)["question", "user", "tenant", "scope", "thread", "category"])
        {
            if (!line.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            if (value.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(texts[name] = JsonText.Of(value)))
            {
                return $"\"{name}\" is not text, or is empty";
            }
        }

        if (!texts.TryGetValue("question", out var text))
        {
            return "has no \"question\"";
        }

        if (!line.TryGetProperty("message_ids", out var ids) || ids.ValueKind != JsonValueKind.Array || ids.GetArrayLength() == 0
            || ids.EnumerateArray().Any(id => id.ValueKind != JsonValueKind.String))
        {
            return "has no \"message_ids\": a list of the ids of the messages that answer it";
        }

        question = new()
        {
            Place = place,
            Owner = new()
            {
                Tenant = texts.GetValueOrDefault("tenant", Owner.DefaultTenant),
                User = texts.GetValueOrDefault("user", Owner.DefaultUser),
                Scope = texts.GetValueOrDefault("scope", Owner.PersonalScope),
            },
            Text = text,
            Evidence = [.. ids.EnumerateArray().Select(JsonText.Of).Distinct(StringComparer.Ordinal)],
            Thread = texts.GetValueOrDefault("thread"),
            Category = texts.GetValueOrDefault("category"),
        };
        return null;
    }
}

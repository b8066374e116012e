using System.Globalization;
using System.Text.Json;
using Recollect.Conversations;

namespace Recollect.Cli.Evaluation;

/// <summary>Reads a file of the LoCoMo benchmark (Maharana et al., ACL 2024): long conversations in sessions, with questions and their evidence.</summary>
internal static class LocomoFile
{
    private const string DateFormat = "h:mm tt 'on' d MMMM, yyyy";

    private const int AdversarialCategory = 5;

    private static readonly string[] CategoryNames = ["multi_hop", "temporal", "open_domain", "single_hop", "adversarial"];

    private static readonly TimeSpan TurnLength = TimeSpan.FromSeconds(30);

    /// <summary>Reads a file.</summary>
    /// <param name="path">A JSON array of conversations, or one of them.</param>
    /// <exception cref="ConfigurationException">The file cannot be read or is of another shape.</exception>
    public static LabelledSet Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var sessions = new List<LabelledSession>();
            var questions = new List<LabelledQuestion>();
            foreach (var sample in document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement.EnumerateArray().ToArray() : [document.RootElement])
            {
                ReadSample(sample, sessions, questions);
            }

            return new(sessions, questions);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path} cannot be read: {ex.Message}");
        }
        catch (Exception ex) when (ex is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ConfigurationException($"{path} is not of the shape of LoCoMo: {ex.Message}");
        }
    }

    private static void ReadSample(JsonElement sample, List<LabelledSession> sessions, List<LabelledQuestion> questions)
    {
        var name = sample.GetProperty("sample_id").GetString()!;
        var owner = new Owner { User = name };
        var conversation = sample.GetProperty("conversation");
        var speakerA = conversation.GetProperty("speaker_a").GetString();
        foreach (var number in SessionNumbers(conversation))
        {
            var start = DateTime.ParseExact(
                conversation.GetProperty($"session_{number}_date_time").GetString()!, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
            var turns = conversation.GetProperty($"session_{number}").EnumerateArray().Select((turn, i) => ReadTurn(turn, speakerA, start + (i * TurnLength), i)).ToArray();
            sessions.Add(new(owner, name, turns));
        }

        questions.AddRange(sample.GetProperty("qa").EnumerateArray().Select((question, i) => ReadQuestion(question, owner, i)).Where(question => question.Evidence.Count > 0));
    }

    private static IEnumerable<int> SessionNumbers(JsonElement conversation) =>
        conversation.EnumerateObject()
            .Where(property => property.Value.ValueKind == JsonValueKind.Array && property.Value.GetArrayLength() > 0 && property.Name.StartsWith("session_", StringComparison.Ordinal))
            .Select(property => int.Parse(property.Name.AsSpan("session_".Length), CultureInfo.InvariantCulture))
            .Order();

    private static Message ReadTurn(JsonElement turn, string? speakerA, DateTime sentAt, int position)
    {
        var speaker = turn.GetProperty("speaker").GetString();
        var caption = turn.TryGetProperty("blip_caption", out var blip) ? $" [shares {blip.GetString()}]" : string.Empty;
        return new()
        {
            Id = turn.GetProperty("dia_id").GetString()!,
            Role = string.Equals(speaker, speakerA, StringComparison.Ordinal) ? Roles.User : Roles.Assistant,
            Author = speaker,
            Text = turn.GetProperty("text").GetString() + caption,
            SentAt = new(sentAt, TimeSpan.Zero),
            Position = position,
        };
    }

    // A few evidence ids are malformed: several in one string, or none that exists.
    private static LabelledQuestion ReadQuestion(JsonElement question, Owner owner, int position)
    {
        var category = question.GetProperty("category").GetInt32();
        return new()
        {
            Place = string.Create(CultureInfo.InvariantCulture, $"{owner.User} qa[{position}]"),
            Owner = owner,
            Text = question.GetProperty("question").GetString()!,
            Evidence = [.. question.GetProperty("evidence").EnumerateArray().SelectMany(id => id.GetString()!.Split(';', StringSplitOptions.TrimEntries)).Distinct(StringComparer.Ordinal)],
            Category = category >= 1 && category <= CategoryNames.Length ? CategoryNames[category - 1] : string.Create(CultureInfo.InvariantCulture, $"category_{category}"),
            IsHeadline = category != AdversarialCategory,
        };
    }
}

using System.Text.Json.Serialization;

namespace Recollect.Cli.Evaluation;

/// <summary>How well recall finds labelled evidence.</summary>
internal sealed record EvaluationReport
{
    /// <summary>Gets the scores, by unit: <c>turns</c>, <c>windows</c>, <c>sessions</c>; in percent. Adversarial questions of LoCoMo are left out.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Headline { get; init; }

    /// <summary>Gets how many questions the headline is over.</summary>
    public required int Questions { get; init; }

    /// <summary>Gets the scores by category name, then by unit; in percent.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>> Categories { get; init; }

    /// <summary>Gets how many lines of the file could not be used.</summary>
    public int Unreadable { get; init; }

    /// <summary>Gets how many of the ids name no message, or several; they are left out of the scores, and with them the questions that have no other.</summary>
    public required int Unknown { get; init; }

    /// <summary>Gets where such an id stands, and why it was left out.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> UnknownIds { get; init; } = [];
}

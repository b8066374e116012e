using System.Text.Json.Serialization;

namespace Recollect.Memorize.Generation;

/// <summary>What model calls cost.</summary>
/// <param name="Calls">Calls made, failed ones included.</param>
/// <param name="InputTokens">Tokens sent.</param>
/// <param name="OutputTokens">Tokens received.</param>
public readonly record struct ModelUsage(long Calls, long InputTokens, long OutputTokens)
{
    /// <summary>The additional count of <see cref="Microsoft.Extensions.AI.UsageDetails"/> by which a client says how many calls it made; without it, one is counted.</summary>
    internal const string CallsCount = "calls";

    /// <summary>Gets what the tokens cost, in the currency of the prices in the settings; 0 where they name none, and left out of JSON.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public decimal Cost { get; init; }

    /// <summary>Adds two costs.</summary>
    public static ModelUsage operator +(ModelUsage left, ModelUsage right) => left.Add(right);

    /// <summary>Adds another cost to this one.</summary>
    public ModelUsage Add(ModelUsage other) =>
        new(Calls + other.Calls, InputTokens + other.InputTokens, OutputTokens + other.OutputTokens) { Cost = Cost + other.Cost };
}

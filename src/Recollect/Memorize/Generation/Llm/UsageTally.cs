namespace Recollect.Memorize.Generation.Llm;

/// <summary>Adds up what the calls for one conversation cost.</summary>
/// <param name="options">Hold the prices.</param>
internal sealed class UsageTally(LlmOptions options)
{
    /// <summary>Gets the sum.</summary>
    public ModelUsage Total { get; private set; }

    /// <summary>Adds a cost.</summary>
    public void Add(ModelUsage usage) => Total += usage with
    {
        Cost = ((usage.InputTokens * options.InputPricePerMillion) + (usage.OutputTokens * options.OutputPricePerMillion)) / 1_000_000,
    };
}

namespace Recollect.Memorize.Generation.Llm;

/// <summary>Adds up what the calls for one conversation cost.</summary>
internal sealed class UsageTally
{
    /// <summary>Gets the sum.</summary>
    public ModelUsage Total { get; private set; }

    /// <summary>Adds a cost.</summary>
    public void Add(ModelUsage usage) => Total += usage;
}

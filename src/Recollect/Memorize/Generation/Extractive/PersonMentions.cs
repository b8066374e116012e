namespace Recollect.Memorize.Generation.Extractive;

/// <summary>What is known of a name that may be a person's.</summary>
/// <param name="first">The sentence that mentions it first.</param>
internal sealed class PersonMentions(Sentence first)
{
    /// <summary>Gets the longest form of the name.</summary>
    public string Name { get; private set; } = string.Empty;

    /// <summary>Gets the sentence that tells most.</summary>
    public Sentence Best { get; private set; } = first;

    /// <summary>Gets the sum of the signs for a person and against one.</summary>
    public double Evidence { get; private set; }

    /// <summary>Gets how often it is mentioned.</summary>
    public int Count { get; private set; }

    /// <summary>Gets a value indicating whether a mention has its capital for another reason than to open a sentence.</summary>
    public bool IsSure { get; private set; }

    /// <summary>Counts a mention.</summary>
    /// <param name="name">The name as it stands there.</param>
    /// <param name="sentence">The sentence that mentions it.</param>
    /// <param name="evidence">The signs for a person and against one.</param>
    /// <param name="isSure">Whether the capital cannot come from the start of a sentence.</param>
    public void Add(string name, Sentence sentence, double evidence, bool isSure)
    {
        Name = name.Length > Name.Length ? name : Name;
        Best = sentence.Score > Best.Score ? sentence : Best;
        Evidence += evidence;
        IsSure |= isSure;
        Count++;
    }
}

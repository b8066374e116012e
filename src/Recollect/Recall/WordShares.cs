namespace Recollect.Recall;

/// <summary>What words say of a conversation.</summary>
/// <param name="Best">The positions of its best messages among the candidates, best first, at most three; empty where words found none.</param>
/// <param name="Messages">What the best of them say.</param>
/// <param name="Whole">What all of them say together.</param>
/// <param name="Written">What was written of it says.</param>
internal sealed record WordShares(int[] Best, float Messages, float Whole, float Written)
{
    /// <summary>Gets all of it; not negative.</summary>
    public float Total => Messages + Whole + Written;
}

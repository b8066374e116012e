using FsCheck;
using FsCheck.Fluent;
using Recollect.Recall;
using Xunit;

namespace Recollect.UnitTests.Recall;

public sealed class VectorTrustTests
{
    private static readonly float[] Words = [1, 0.2f, 0, 0, 0, 0.1f, 0, 0];

    [Fact]
    public void Similarities_of_which_one_stands_out_are_trusted() =>
        Assert.Equal(1, VectorTrust.Of([0.1f, 0.11f, 0.6f, 0.12f, 0.1f, 0.09f, 0.1f, 0.1f], Words, 1_536));

    [Fact]
    public void Similarities_that_chance_gives_are_not() =>
        Assert.Equal(0, VectorTrust.Of([-0.01f, 0.02f, 0.01f, 0.03f, -0.02f, 0.025f, 0, 0.02f], Words, 1_536));

    [Fact]
    public void What_all_vectors_have_in_common_changes_nothing()
    {
        Assert.Equal(0, VectorTrust.Of([0.795f, 0.806f, 0.803f, 0.807f, 0.796f, 0.8065f, 0.8f, 0.806f], Words, 1_536));
        Assert.Equal(1, VectorTrust.Of([0.8f, 0.8f, 0.87f, 0.8f, 0.8f, 0.8f, 0.8f, 0.8f], Words, 1_536));
    }

    [Fact]
    public void Similarities_that_agree_with_the_words_are_trusted_more()
    {
        var agreeing = VectorTrust.Of([0.05f, 0.01f, 0, 0, 0.01f, 0, 0, 0], Words, 1_536);
        var others = VectorTrust.Of([0, 0.01f, 0.05f, 0, 0.01f, 0, 0, 0], Words, 1_536);
        Assert.True(agreeing > others, $"{agreeing} {others}");
    }

    [Fact]
    public void Where_words_find_nothing_vectors_are_all_there_is() => Assert.Equal(1, VectorTrust.Of([0.01f, 0.02f], [0, 0], 1_536));

    [Fact]
    public void Any_similarities_have_a_trust_and_standings() =>
        Prop.ForAll<int[]>(numbers =>
        {
            float[] cosines = [.. numbers.Select(number => Math.Clamp(number / 100f, -1, 1))];
            var trust = VectorTrust.Of(cosines, [.. numbers.Select(number => MathF.Abs(number))], 8);
            return trust is >= 0 and <= 1 && VectorTrust.Standings(cosines).All(standing => float.IsFinite(standing) && standing >= 0);
        }).QuickCheckThrowOnFailure();
}

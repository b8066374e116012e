using Recollect.Conversations;
using Recollect.Memorize.Stores;
using Xunit;

namespace Recollect.Conformance;

/// <summary>Compares memories field by field.</summary>
public static class MemoryRecordAssert
{
    /// <summary>Fails unless every field of two memories is the same.</summary>
    /// <param name="expected">What was stored.</param>
    /// <param name="actual">What was read.</param>
    public static void Same(MemoryRecord expected, MemoryRecord actual)
    {
        Same(expected.Memory, actual.Memory);
        Assert.Equal(expected.Messages.Count, actual.Messages.Count);
        for (var i = 0; i < expected.Messages.Count; i++)
        {
            var (left, right) = (expected.Messages[i], actual.Messages[i]);
            Assert.Equal(left with { Metadata = right.Metadata }, right);
            Assert.Equal(TimeSpan.Zero, right.SentAt.Offset);
            Assert.Equal(left.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal), right.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        }

        Assert.Equal(expected.Chunks.Count, actual.Chunks.Count);
        for (var i = 0; i < expected.Chunks.Count; i++)
        {
            Assert.Equal(expected.Chunks[i] with { Vector = default }, actual.Chunks[i] with { Vector = default });
            Assert.Equal(expected.Chunks[i].Vector.ToArray(), actual.Chunks[i].Vector.ToArray());
        }

        Assert.Equal(expected.Vector.ToArray(), actual.Vector.ToArray());
    }

    private static void Same(Memory expected, Memory actual)
    {
        Assert.Equal(expected.Id, actual.Id);
        Assert.Equal(expected.Thread.Id, actual.Thread.Id);
        Assert.Equal(expected.Owner, actual.Owner);
        Assert.Equal(
            (expected.Thread.Source, expected.Thread.Thread, expected.Thread.Workspace, expected.Thread.Session),
            (actual.Thread.Source, actual.Thread.Thread, actual.Thread.Workspace, actual.Thread.Session));
        Assert.Equal((expected.StartedAt, expected.EndedAt), (actual.StartedAt, actual.EndedAt));
        Assert.Equal((expected.Title, expected.Summary, expected.Content, expected.Data), (actual.Title, actual.Summary, actual.Content, actual.Data));
        Assert.Equal(expected.Topics, actual.Topics);
        Assert.Equal(expected.Citations, actual.Citations);
        Assert.Equal(expected.MessageIds, actual.MessageIds);
        Assert.Equal(expected.Fingerprint, actual.Fingerprint);
        Assert.Equal(expected.Facts.Select(fact => (fact.Text, fact.Kind)), actual.Facts.Select(fact => (fact.Text, fact.Kind)));
        Assert.Equal(expected.Facts.Select(fact => fact.Citations), actual.Facts.Select(fact => fact.Citations));
    }
}

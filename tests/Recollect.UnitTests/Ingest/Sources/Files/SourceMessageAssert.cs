using Recollect.Conversations;
using Xunit;

namespace Recollect.UnitTests.Ingest.Sources.Files;

internal static class SourceMessageAssert
{
    public static void Texts(IEnumerable<SourceMessage> messages, params string[] expected) =>
        Assert.Equal(expected, messages.Select(message => message.Message.Text), StringComparer.Ordinal);

    public static void Ids(IEnumerable<SourceMessage> messages, params string[] expected) =>
        Assert.Equal(expected, messages.Select(message => message.Message.Id), StringComparer.Ordinal);
}

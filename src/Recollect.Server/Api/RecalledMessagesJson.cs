using Recollect.Recall;

namespace Recollect.Server.Api;

/// <summary>The JSON of <c>recall --by message</c>.</summary>
internal sealed record RecalledMessagesJson(IReadOnlyList<RecalledMessageJson> Messages)
{
    public static RecalledMessagesJson From(IReadOnlyList<RecalledMessage> found) => new([.. found.Select(RecalledMessageJson.From)]);
}

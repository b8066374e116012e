using System.Text.Json;

namespace Recollect.IntegrationTests.Sqs;

/// <summary>One call that the proxy saw.</summary>
/// <param name="Action">The action, such as <c>SendMessage</c>.</param>
/// <param name="Number">The number of the call of this action, from 1.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Body">Its body.</param>
internal sealed record SqsCall(string Action, int Number, IReadOnlyDictionary<string, string> Headers, JsonElement Body)
{
    public int Visibility => Body.GetProperty("VisibilityTimeout").GetInt32();
}

using System.Text.Json;

namespace Recollect.Conformance.Servers;

/// <summary>One call that a receiver got.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path.</param>
/// <param name="Key">The idempotency key; empty where none was sent.</param>
/// <param name="Headers">All headers.</param>
/// <param name="Body">The body, to the byte.</param>
public sealed record WebhookCall(string Method, string Path, string Key, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>Gets a field of the body.</summary>
    public string Field(string name)
    {
        using var document = JsonDocument.Parse(Body);
        return document.RootElement.GetProperty(name).GetString()!;
    }
}

using System.Text.Json;
using Recollect.Memorize.Stores;
using Recollect.Text;

namespace Recollect.Connectors.Chroma;

/// <summary>What the server said when it refused a call; it lies inside the <see cref="MemoryStoreException"/> that tells of it, and its words are not repeated.</summary>
internal sealed class ChromaRefusal : Exception
{
    private readonly string _said;

    private ChromaRefusal(int status, string said)
        : base($"Chroma answered {status}.") => (Status, _said) = (status, said);

    /// <summary>Gets the status of the answer.</summary>
    public int Status { get; }

    /// <summary>Gets a value indicating whether the answer is none of the API's errors, but of a server or proxy that does not know the path.</summary>
    public bool IsSilent => _said.Length == 0;

    /// <summary>Gets a value indicating whether there is no such collection, or no longer one with this id.</summary>
    public bool IsUnknownCollection => Status == 404 && _said.Contains("Collection", StringComparison.Ordinal);

    /// <summary>Gets a value indicating whether there is no such tenant.</summary>
    public bool IsUnknownTenant => Status is 400 or 404 && _said.Contains("Tenant [", StringComparison.Ordinal);

    /// <summary>Gets a value indicating whether there is no such database.</summary>
    public bool IsUnknownDatabase => Status is 400 or 404 && _said.Contains("Database [", StringComparison.Ordinal);

    /// <summary>Gets a value indicating whether the collection holds vectors of other dimensions.</summary>
    public bool IsWrongDimension => Status is 400 or 422 && _said.Contains("dimension", StringComparison.OrdinalIgnoreCase);

    /// <summary>Gets a value indicating whether the server bounds what may be stored or asked for.</summary>
    public bool IsQuota => Status is 400 or 403 or 422 or 429 && _said.Contains("quota", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads what an answer says: <c>{"error":"…","message":"…"}</c>.</summary>
    /// <param name="status">The status.</param>
    /// <param name="body">The answer; null when it is no JSON.</param>
    public static ChromaRefusal Of(int status, JsonElement? body)
    {
        var said = body is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("error", out _) && root.TryGetProperty("message", out var message) && message.ValueKind is JsonValueKind.String
            ? JsonText.Of(message)
            : string.Empty;
        return new(status, said);
    }

    /// <summary>Gets what the server said behind a failure; null when it said nothing.</summary>
    public static ChromaRefusal? Of(MemoryStoreException failure) => failure.InnerException as ChromaRefusal;
}

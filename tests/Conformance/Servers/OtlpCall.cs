using System.Text;

namespace Recollect.Conformance.Servers;

/// <summary>What a collector was sent.</summary>
/// <param name="Path">The route.</param>
/// <param name="ContentType">The type of the body.</param>
/// <param name="Authorization">The header of that name; empty where there is none.</param>
/// <param name="Body">The body.</param>
public sealed record OtlpCall(string Path, string ContentType, string Authorization, ReadOnlyMemory<byte> Body)
{
    /// <summary>Gets the body as text: names and tags stand in it as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span);
}

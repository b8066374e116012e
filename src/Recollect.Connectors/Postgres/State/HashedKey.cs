using Recollect.Conversations;

namespace Recollect.Connectors.Postgres.State;

/// <summary>Makes keys of texts that may each be longer than an entry of an index.</summary>
internal static class HashedKey
{
    private const int Bytes = 16;

    /// <summary>Gets the key; 128 bits of a hash, so that no two share one.</summary>
    public static Guid Of(params ReadOnlySpan<string?> parts) => Guid.ParseExact(StableHash.Of(Bytes, parts), "N");
}

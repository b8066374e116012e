using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Recollect.Conversations;

/// <summary>SHA-256 over length-prefixed parts, so that no two lists of parts share their bytes.</summary>
/// <remarks>Not safe for concurrent use; dispose after use.</remarks>
internal sealed class StableHash : IDisposable
{
    private const int FlushAt = 16 * 1024;

    private IncrementalHash? _hash; // null as long as everything is in the buffer
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FlushAt + (4 * 1024));
    private int _used;

    /// <summary>Hashes <paramref name="parts"/> and returns the first <paramref name="bytes"/> bytes in lower-case hexadecimal.</summary>
    public static string Of(int bytes, params ReadOnlySpan<string?> parts)
    {
        using var hash = new StableHash();
        foreach (var part in parts)
        {
            hash.Add(part);
        }

        return hash.Finish(bytes);
    }

    /// <summary>Adds a text; null differs from empty.</summary>
    public void Add(string? text)
    {
        if (text is null)
        {
            Add(-1L);
            return;
        }

        var length = Encoding.UTF8.GetByteCount(text);
        Add(length);
        if (length <= _buffer.Length - _used)
        {
            _used += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_used));
            FlushWhenFull();
            return;
        }

        Flush().AppendData(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Adds a number.</summary>
    public void Add(long number)
    {
        FlushWhenFull();
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(_used), number);
        _used += sizeof(long);
    }

    /// <summary>Returns the first <paramref name="bytes"/> bytes (at most 32) in hexadecimal, and starts anew.</summary>
    public string Finish(int bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        if (_hash is null)
        {
            SHA256.HashData(_buffer.AsSpan(0, _used), digest);
            _used = 0;
        }
        else
        {
            Flush().GetHashAndReset(digest);
        }

        return Convert.ToHexStringLower(digest[..bytes]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _hash?.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _used) = ([], 0); // disposed twice, it must not be handed out twice
    }

    private void FlushWhenFull()
    {
        if (_used >= FlushAt)
        {
            Flush();
        }
    }

    private IncrementalHash Flush()
    {
        _hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        _hash.AppendData(_buffer.AsSpan(0, _used));
        _used = 0;
        return _hash;
    }
}

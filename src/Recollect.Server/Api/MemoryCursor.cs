using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;
using Recollect.Memorize.Stores;
using Recollect.Server.Http;

namespace Recollect.Server.Api;

/// <summary>Writes a place in a list as a text that callers give back as it is. It names no owner: whose memories are listed is said anew on every page.</summary>
internal static class MemoryCursor
{
    private const int TimeBytes = sizeof(long);
    private const int Longest = 2_048; // characters

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes a place.</summary>
    public static string Write(MemoryPlace place)
    {
        var bytes = new byte[TimeBytes + Encoding.UTF8.GetByteCount(place.Id)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, place.EndedAt.UtcTicks);
        Encoding.UTF8.GetBytes(place.Id, bytes.AsSpan(TimeBytes));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a place.</summary>
    /// <exception cref="ProblemException">It is none.</exception>
    public static MemoryPlace Read(string cursor)
    {
        if (cursor.Length > Longest || !Base64Url.IsValid(cursor))
        {
            throw Unknown();
        }

        var bytes = Base64Url.DecodeFromChars(cursor).AsSpan();
        if (bytes.Length <= TimeBytes || BinaryPrimitives.ReadInt64BigEndian(bytes) is not (>= 0 and var ticks) || ticks > DateTimeOffset.MaxValue.Ticks)
        {
            throw Unknown();
        }

        try
        {
            return new(new(ticks, TimeSpan.Zero), Strict.GetString(bytes[TimeBytes..]));
        }
        catch (DecoderFallbackException)
        {
            throw Unknown();
        }
    }

    private static ProblemException Unknown() => new(StatusCodes.Status400BadRequest, "The field after must be what \"next\" of the page before says, as it is; leave it out for the first page.");
}

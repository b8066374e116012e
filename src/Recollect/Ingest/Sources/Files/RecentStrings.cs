using System.Text;
using System.Text.Json;
using Recollect.Text;

namespace Recollect.Ingest.Sources.Files;

/// <summary>Gives one instance for short texts that come again and again, such as roles and threads; memory stays bounded.</summary>
internal sealed class RecentStrings
{
    private const int Slots = 4_096;
    private const int LongestKept = 64;

    private readonly string?[] _slots = new string?[Slots];

    /// <summary>Gets the string at which a reader stands.</summary>
    /// <param name="reader">A reader over valid UTF-8 in one piece.</param>
    public string Get(ref Utf8JsonReader reader)
    {
        var bytes = reader.ValueSpan;
        if (reader.ValueIsEscaped || bytes.Length > LongestKept)
        {
            return JsonText.Of(ref reader);
        }

        ref var slot = ref _slots[Hash(bytes) % Slots];
        if (slot is null || !Ascii.Equals(bytes, slot))
        {
            slot = Encoding.UTF8.GetString(bytes);
        }

        return slot;
    }

    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 2_166_136_261u;
        foreach (var value in bytes)
        {
            hash = (hash ^ value) * 16_777_619u;
        }

        return hash;
    }
}

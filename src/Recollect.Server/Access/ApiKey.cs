using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Recollect.Server.Access;

/// <summary>The keys by which agents are known. They are long and random, so that one round of SHA-256 hides them well.</summary>
internal static class ApiKey
{
    private const string Mark = "recollect_"; // by which scanners for leaked secrets find one
    private const int RandomBytes = 32;

    /// <summary>Makes a new key.</summary>
    /// <param name="fillRandom">Fills bytes with randomness that nobody can guess.</param>
    public static string Create(Action<Span<byte>> fillRandom)
    {
        Span<byte> bytes = stackalloc byte[RandomBytes];
        fillRandom(bytes);
        return Mark + Base64Url.EncodeToString(bytes);
    }

    /// <summary>Gets what settings keep of a key.</summary>
    public static string HashOf(string key) => Convert.ToHexStringLower(Digest(key));

    /// <summary>Gets the digest that keys are compared by.</summary>
    public static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>Tells whether a text can be such a hash.</summary>
    public static bool IsHash(string text) => text.Length == 2 * SHA256.HashSizeInBytes && text.All(char.IsAsciiHexDigit);
}

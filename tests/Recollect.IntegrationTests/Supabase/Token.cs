using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Recollect.IntegrationTests.Servers;

namespace Recollect.IntegrationTests.Supabase;

/// <summary>Makes tokens such as the older keys of Supabase are.</summary>
internal static class Token
{
    /// <summary>Makes one.</summary>
    /// <param name="claims">JSON.</param>
    /// <param name="secret">What it is signed with; null: what the server knows.</param>
    public static string Of(string claims, string? secret = null)
    {
        var signed = $"{Base64Url.EncodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}"u8)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret ?? PostgrestServer.JwtSecret), Encoding.UTF8.GetBytes(signed)))}";
    }
}

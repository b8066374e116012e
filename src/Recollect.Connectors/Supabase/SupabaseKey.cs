using System.Buffers.Text;
using System.Text.Json;

namespace Recollect.Connectors.Supabase;

/// <summary>Tells the kinds of keys apart.</summary>
internal static class SupabaseKey
{
    /// <summary>Tells whether a key is a token (JWT), which also goes into the header <c>Authorization</c>; the newer keys are refused there.</summary>
    public static bool IsToken(string key) => key.StartsWith("eyJ", StringComparison.Ordinal);

    /// <summary>Says what is wrong with a key, without repeating it; null when nothing is.</summary>
    public static string? WhatIsWrong(string key)
    {
        const string Expected = "set the secret key (sb_secret_…) or the service_role key of the project, under Project Settings > API Keys.";
        return string.IsNullOrWhiteSpace(key) ? $"is empty; {Expected}"
            : key.AsSpan().ContainsAnyExceptInRange('!', '~') ? "holds a space, line break or other character that no key has."
            : key.StartsWith("sb_publishable_", StringComparison.Ordinal) || RoleOf(key) is "anon" ? $"is the key for browsers, which sees nobody's conversations; {Expected}"
            : null;
    }

    private static string? RoleOf(string key)
    {
        if (!IsToken(key) || key.Split('.') is not [_, var claims, _] || !Base64Url.IsValid(claims))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(claims));
            return document.RootElement.ValueKind is JsonValueKind.Object && document.RootElement.TryGetProperty("role", out var role) && role.ValueKind is JsonValueKind.String ? role.GetString() : null;
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException) // no token after all: the server will say so
        {
            return null;
        }
    }
}

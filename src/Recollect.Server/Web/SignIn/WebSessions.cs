using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Recollect.Server.Access;

namespace Recollect.Server.Web.SignIn;

/// <summary>Knows who has signed in, by a cookie that only this server can write: it holds what settings keep of the key, so that a key that is changed or removed there ends it.</summary>
/// <remarks>Safe to call concurrently.</remarks>
internal sealed class WebSessions(Agents agents, IDataProtectionProvider protection, TimeProvider time)
{
    private const string CookieName = "recollect-session";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly IDataProtector _protector = protection.CreateProtector("Recollect.Web.Session");

    /// <summary>Signs an agent in.</summary>
    /// <param name="response">Gets the cookie.</param>
    /// <param name="keyHash">What settings keep of its key.</param>
    public void Begin(HttpResponse response, string keyHash)
    {
        var ends = time.GetUtcNow() + Lifetime;
        response.Cookies.Append(CookieName, _protector.Protect($"{ends.UtcTicks.ToString(CultureInfo.InvariantCulture)} {keyHash}"), Options(response.HttpContext.Request, ends));
    }

    /// <summary>Signs out.</summary>
    public static void End(HttpResponse response) => response.Cookies.Delete(CookieName, Options(response.HttpContext.Request, ends: null));

    /// <summary>Finds who has signed in; null where nobody has, or it was too long ago.</summary>
    public Caller? Find(HttpRequest request)
    {
        if (request.Cookies[CookieName] is not { Length: > 0 } cookie)
        {
            return null;
        }

        try
        {
            var parts = _protector.Unprotect(cookie).Split(' ');
            return parts is [var ends, var keyHash] && long.TryParse(ends, CultureInfo.InvariantCulture, out var ticks) && ticks > time.GetUtcNow().UtcTicks
                ? agents.FindByHash(keyHash)
                : null;
        }
        catch (Exception ex) when (ex is CryptographicException or FormatException) // not ours, or of a server whose keys are gone
        {
            return null;
        }
    }

    private static CookieOptions Options(HttpRequest request, DateTimeOffset? ends) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = request.IsHttps, Path = "/", Expires = ends, IsEssential = true };
}

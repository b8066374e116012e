using Microsoft.Extensions.Options;

namespace Recollect.Sessions;

/// <summary>Tells the role of a person by phone number or id.</summary>
/// <param name="options">Who is who.</param>
/// <remarks>
/// Only the digits before an <c>@</c> are compared, all of them: <c>+972 50-123 4567</c> is <c>972501234567@c.us</c>. Who is named twice is
/// what comes first of admin, godfather, blocked. Who is named nowhere, or has no digits, is a client.
/// </remarks>
public sealed class RoleResolver(IOptions<SessionOptions> options)
{
    private readonly HashSet<string> _admins = [.. options.Value.Admins.Select(DigitsOf)];
    private readonly HashSet<string> _blocked = [.. options.Value.Blocked.Select(DigitsOf)];
    private readonly string _godfather = DigitsOf(options.Value.Godfather ?? "");

    /// <summary>Gets the role of a person. In a group it is the sender who is asked for, not the group.</summary>
    /// <param name="person">The phone number or id.</param>
    public SessionRole Of(string person)
    {
        ArgumentNullException.ThrowIfNull(person);
        var digits = DigitsOf(person);
        return digits switch
        {
            "" => SessionRole.Client,
            _ when _admins.Contains(digits) => SessionRole.Admin,
            _ when string.Equals(digits, _godfather, StringComparison.Ordinal) => SessionRole.Godfather,
            _ when _blocked.Contains(digits) => SessionRole.Blocked,
            _ => SessionRole.Client,
        };
    }

    /// <summary>Gets the digits before an <c>@</c>; of a group id with its second number, so that a group is nobody's phone number.</summary>
    /// <param name="person">The phone number or id.</param>
    public static string DigitsOf(string person)
    {
        var at = person.IndexOf('@', StringComparison.Ordinal);
        var name = at < 0 ? person : person[..at];
        return string.Concat(name.Where(char.IsAsciiDigit));
    }
}

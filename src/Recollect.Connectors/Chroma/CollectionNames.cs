using System.Globalization;
using System.Text.RegularExpressions;
using Recollect.Conversations;

namespace Recollect.Connectors.Chroma;

/// <summary>Names collections: one for each circle of memories that are visible together.</summary>
/// <remarks>
/// What belongs to an ordinary chat id alone has the name that bots before gave it: <c>memory_972501234567</c>,
/// <c>memory_120363043968066561_at_g.us</c>. Everything else has <c>memory_h_</c> and a hash, which begins with no digit as every
/// ordinary chat id does, so that no two circles share a name. Behind both stands <c>-d512</c> where the collection has
/// vectors of other dimensions already.
/// </remarks>
/// <param name="prefix">What all names begin with.</param>
internal sealed partial class CollectionNames(string prefix)
{
    private const string Person = "c.us"; // whose domain is left out of the name
    private const string At = "_at_";
    private const int LongestChat = 64;

    /// <summary>Gets the name of a circle's collection.</summary>
    public string Of(Visibility visibility) =>
        visibility is { Tenant: Owner.DefaultTenant, User: { } user } && PlainOf(user) is { } plain
            ? $"{prefix}{plain}"
            : $"{prefix}h_{StableHash.Of(16, visibility.Tenant, visibility.Scope, visibility.User)}";

    /// <summary>Gets the name of the collection for other dimensions than the first has.</summary>
    public static string ForDimension(string name, int dimensions) => string.Create(CultureInfo.InvariantCulture, $"{name}-d{dimensions}");

    /// <summary>Gets the name that a collection of a circle has before dimensions are told apart; null when it is none of ours.</summary>
    public string? CircleOf(string name) =>
        name.StartsWith(prefix, StringComparison.Ordinal) && Ours().Match(name[prefix.Length..]) is { Success: true } match ? $"{prefix}{match.Groups["circle"].Value}" : null;

    /// <summary>Gets the user of the tenant <c>default</c> to whom alone a collection belongs; null when its name does not tell.</summary>
    public string? UserOf(string name)
    {
        if (!name.StartsWith(prefix, StringComparison.Ordinal) || Plain().Match(name[prefix.Length..]) is not { Success: true } match)
        {
            return null;
        }

        var (number, device, domain) = (match.Groups["number"].Value, match.Groups["device"], match.Groups["domain"]);
        return $"{number}{(device.Success ? $":{device.Value}" : string.Empty)}@{(domain.Success ? domain.Value : Person)}";
    }

    private static string? PlainOf(string user)
    {
        if (user.Length > LongestChat || !Chat().IsMatch(user))
        {
            return null;
        }

        var person = $"@{Person}";
        var rest = user.EndsWith(person, StringComparison.Ordinal) ? user[..^person.Length] : user;
        return rest.Replace("@", At, StringComparison.Ordinal).Replace(':', '_');
    }

    [GeneratedRegex(@"^[0-9]+(-[0-9]+)?(:[0-9]+)?@(c\.us|g\.us|lid|s\.whatsapp\.net|newsletter|broadcast)\z", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Chat();

    [GeneratedRegex(@"^(?<number>[0-9]+(-[0-9]+)?)(_(?<device>[0-9]+))?(_at_(?<domain>g\.us|lid|s\.whatsapp\.net|newsletter|broadcast))?(-d[0-9]+)?\z", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Plain();

    [GeneratedRegex(@"^(?<circle>h_[0-9a-f]{32}|[0-9]+(-[0-9]+)?(_[0-9]+)?(_at_(g\.us|lid|s\.whatsapp\.net|newsletter|broadcast))?)(-d[0-9]+)?\z", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Ours();
}

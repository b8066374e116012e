using System.ComponentModel.DataAnnotations;

namespace Recollect.Sessions;

/// <summary>The most tokens that a model is given at once, by the role of the person; 0: the person is not answered.</summary>
public sealed class TokensByRoleOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Sessions:TokensByRole";

    private const int Most = 10_000_000;

    /// <summary>Gets or sets the tokens of everyone else.</summary>
    /// <value>From 0 to 10,000,000. The default is 4,000.</value>
    [Range(0, Most)]
    public int Client { get; set; } = 4_000;

    /// <summary>Gets or sets the tokens of the godfather.</summary>
    /// <value>From 0 to 10,000,000. The default is 100,000.</value>
    [Range(0, Most)]
    public int Godfather { get; set; } = 100_000;

    /// <summary>Gets or sets the tokens of admins.</summary>
    /// <value>From 0 to 10,000,000. The default is 100,000.</value>
    [Range(0, Most)]
    public int Admin { get; set; } = 100_000;

    /// <summary>Gets or sets the tokens of the blocked.</summary>
    /// <value>From 0 to 10,000,000. The default is 0.</value>
    [Range(0, Most)]
    public int Blocked { get; set; }

    /// <summary>Gets the tokens of a role.</summary>
    /// <param name="role">The role.</param>
    public int Of(SessionRole role) => role switch
    {
        SessionRole.Admin => Admin,
        SessionRole.Godfather => Godfather,
        SessionRole.Blocked => Blocked,
        _ => Client,
    };
}

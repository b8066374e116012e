namespace Recollect.Conversations;

/// <summary>Whose a memory is. Every memory has one and every recall names one.</summary>
public sealed record Owner
{
    /// <summary>The tenant where none is given.</summary>
    public const string DefaultTenant = "default";

    /// <summary>The user where a source names none.</summary>
    public const string DefaultUser = "default";

    /// <summary>The scope whose memories only their own user sees.</summary>
    public const string PersonalScope = "personal";

    /// <summary>Gets the tenant. The default is <see cref="DefaultTenant"/>.</summary>
    public string Tenant { get; init => field = NotEmpty(value); } = DefaultTenant;

    /// <summary>Gets the user.</summary>
    public required string User { get; init => field = NotEmpty(value); }

    /// <summary>Gets the scope. The default is <see cref="PersonalScope"/>.</summary>
    public string Scope { get; init => field = NotEmpty(value); } = PersonalScope;

    /// <summary>Gets the circle of callers who may see this owner's memories; every search is made within one.</summary>
    public Visibility Visibility => Visibility.Of(this);

    private static string NotEmpty(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        return WellFormedText.Of(value);
    }
}

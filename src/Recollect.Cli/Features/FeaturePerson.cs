using Microsoft.FeatureManagement.FeatureFilters;
using Recollect.Sessions;

namespace Recollect.Cli.Features;

/// <summary>Whom a feature is asked for.</summary>
/// <param name="UserId">What <see cref="IdOf"/> gives.</param>
/// <param name="Groups">The role in small letters, and <c>environment:NAME</c>.</param>
internal sealed record FeaturePerson(string UserId, IReadOnlyList<string> Groups) : ITargetingContext
{
    /// <summary>Gets a value indicating whether nobody is meant, and settings are only tried.</summary>
    public bool IsProbe { get; init; }

    /// <summary>Gets what stands for a person: the digits of the phone number, or the id where it has none.</summary>
    /// <param name="person">The person, as the channel names them.</param>
    public static string IdOf(string person) => RoleResolver.DigitsOf(person) is { Length: > 0 } digits ? digits : person;

    string ITargetingContext.UserId
    {
        get => UserId;
        set => throw new NotSupportedException();
    }

    IEnumerable<string> ITargetingContext.Groups
    {
        get => Groups;
        set => throw new NotSupportedException();
    }
}

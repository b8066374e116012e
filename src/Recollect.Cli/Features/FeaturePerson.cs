using Microsoft.FeatureManagement.FeatureFilters;

namespace Recollect.Cli.Features;

/// <summary>Whom a feature is asked for.</summary>
/// <param name="UserId">The digits of the phone number, or the id where it has none.</param>
/// <param name="Groups">The role in small letters, and <c>environment:NAME</c>.</param>
internal sealed record FeaturePerson(string UserId, IReadOnlyList<string> Groups) : ITargetingContext
{
    /// <summary>Gets a value indicating whether nobody is meant, and settings are only tried.</summary>
    public bool IsProbe { get; init; }

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

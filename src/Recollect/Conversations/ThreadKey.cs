using System.Diagnostics.CodeAnalysis;

namespace Recollect.Conversations;

/// <summary>
/// Names one partition of one thread of a source. Conversations never cross partitions: a thread in which several
/// owners or API sessions write has one partition for each.
/// </summary>
public sealed record ThreadKey
{
    private string? _id;

    /// <summary>Initializes a new instance of the <see cref="ThreadKey"/> class.</summary>
    public ThreadKey()
    {
    }

    [SetsRequiredMembers]
    private ThreadKey(ThreadKey other) => // what "with" starts from: everything but the id, which the change may alter
        (Source, Owner, Thread, Workspace, Session) = (other.Source, other.Owner, other.Thread, other.Workspace, other.Session);

    /// <summary>Gets the configured name of the source; never a path.</summary>
    public required string Source { get; init; }

    /// <summary>Gets whose the messages are.</summary>
    public required Owner Owner { get; init; }

    /// <summary>Gets the thread's name in the source.</summary>
    public required string Thread { get; init => field = WellFormedText.Of(value); }

    /// <summary>Gets the workspace that holds the thread; null where the source has none.</summary>
    public string? Workspace { get; init => field = value is null ? null : WellFormedText.Of(value); }

    /// <summary>Gets the API session that splits a shared thread further; null where there is none.</summary>
    public string? Session { get; init => field = value is null ? null : WellFormedText.Of(value); }

    /// <summary>Gets the id: 32 hexadecimal characters that depend on nothing but the fields above.</summary>
    public string Id => _id ??= StableHash.Of(16, Source, Owner.Tenant, Owner.User, Owner.Scope, Workspace, Thread, Session);

    /// <inheritdoc/>
    public bool Equals(ThreadKey? other) => other is not null && string.Equals(Id, other.Id, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);
}

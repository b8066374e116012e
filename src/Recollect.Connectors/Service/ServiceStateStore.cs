using Microsoft.Extensions.DependencyInjection;
using Recollect.State;

namespace Recollect.Connectors.Service;

/// <summary>Keeps claims and the ledger of the queue in the state of the service, and everything else in the state <c>sqlite</c> of this machine.</summary>
/// <param name="api">Calls the service.</param>
/// <param name="local">What this worker keeps for itself: its runs, what failed here and when it is tried again, and what was paid for and is not stored yet.</param>
internal sealed class ServiceStateStore(ServiceApi api, [FromKeyedServices("sqlite")] IStateStore local) : IStateStore
{
    /// <inheritdoc/>
    public string Name => ServiceServices.PartName;

    /// <inheritdoc/>
    public IRunJournal Runs => local.Runs;

    /// <inheritdoc/>
    public IPendingConversations Pending => local.Pending;

    /// <inheritdoc/>
    public IWatermarks Watermarks => local.Watermarks;

    /// <inheritdoc/>
    public IOutbox Outbox => local.Outbox;

    /// <inheritdoc/>
    public ITombstones Tombstones => local.Tombstones;

    /// <summary>Gets what people did to memories by hand. The service applies what it knows by itself, and gives nothing that was forgotten to workers.</summary>
    public IMemoryEdits Edits => local.Edits;

    /// <inheritdoc/>
    public ILeases Leases => local.Leases;

    /// <inheritdoc/>
    public IPaidEmbeddings PaidEmbeddings => local.PaidEmbeddings;

    /// <inheritdoc/>
    public IPaidWritings PaidWritings => local.PaidWritings;

    /// <inheritdoc/>
    public IClaims Claims { get; } = new ServiceClaims(api);

    /// <inheritdoc/>
    public IQueuedConversations Queued { get; } = new ServiceQueuedConversations(api);

    /// <inheritdoc/>
    public ValueTask InitializeAsync(CancellationToken cancellationToken) => local.InitializeAsync(cancellationToken);

    /// <summary>Removes a user from what this machine keeps. The service forgets by itself, and gives nothing of a forgotten user to workers.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public ValueTask<long> ForgetAsync(string tenant, string user, CancellationToken cancellationToken) => local.ForgetAsync(tenant, user, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken) =>
        await local.DiagnoseAsync(cancellationToken) is { Healthy: false } broken ? broken : await api.DiagnoseAsync(cancellationToken);
}

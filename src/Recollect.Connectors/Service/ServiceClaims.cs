using Recollect.Ingest.Sources;
using Recollect.State;

namespace Recollect.Connectors.Service;

/// <summary>Claims conversations in the state of the service, by its clock, so that workers of both kinds keep clear of each other.</summary>
/// <param name="api">Calls the service, which knows its source itself.</param>
internal sealed class ServiceClaims(ServiceApi api) : IClaims
{
    private const int Patience = 6; // renewals come four times in the duration of a claim

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyCollection<string>> ClaimAsync(string source, IReadOnlyCollection<string> threads, string holder, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(threads);
        try
        {
            return (await api.PostAsync(
                "/claims", new() { ["conversations"] = ServiceJson.Texts(threads), ["holder"] = holder, ["seconds"] = duration.TotalSeconds }, ServiceJson.Readable.ClaimedAnswer, cancellationToken)).Conversations;
        }
        catch (SourceException ex)
        {
            throw new StateStoreException(ex.Message, ex.IsTransient, ex.InnerException);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<int> RenewAsync(string holder, TimeSpan duration, CancellationToken cancellationToken)
    {
        try
        {
            return (await api.PostOnceAsync("/renew", new() { ["holder"] = holder, ["seconds"] = duration.TotalSeconds }, ServiceJson.Readable.RenewedAnswer, duration / Patience, cancellationToken)).Claims;
        }
        catch (SourceException ex)
        {
            throw new StateStoreException(ex.Message, ex.IsTransient, ex.InnerException);
        }
    }

    /// <inheritdoc/>
    public async ValueTask ReleaseAsync(string source, IReadOnlyCollection<string> threads, string holder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(threads);
        try
        {
            await api.PostAsync("/release", new() { ["conversations"] = ServiceJson.Texts(threads), ["holder"] = holder }, cancellationToken);
        }
        catch (SourceException ex)
        {
            throw new StateStoreException(ex.Message, ex.IsTransient, ex.InnerException);
        }
    }
}

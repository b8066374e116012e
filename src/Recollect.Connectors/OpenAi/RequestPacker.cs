using Recollect.Memorize.Embedding;

namespace Recollect.Connectors.OpenAi;

/// <summary>
/// Packs the texts of callers that come at the same time into few requests. A request leaves when it is full, or when its first
/// texts have waited long enough, and there is a place for it. Each caller gets its own vectors or its own failure, and the shares of
/// what requests cost add up.
/// </summary>
/// <remarks>Safe to call concurrently.</remarks>
internal sealed class RequestPacker : IDisposable
{
    private readonly OpenAiEmbeddingOptions _options;
    private readonly Func<IReadOnlyList<string>, CancellationToken, Task<EmbeddingReply>> _send;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly LinkedList<Parcel> _waiting = [];
    private readonly ITimer _timer;
    private int _underWay;

    /// <summary>Initializes a new instance of the <see cref="RequestPacker"/> class.</summary>
    /// <param name="options">The limits of a request.</param>
    /// <param name="send">Makes a request; fails with a <see cref="RequestException"/>.</param>
    /// <param name="time">Times the waiting.</param>
    public RequestPacker(OpenAiEmbeddingOptions options, Func<IReadOnlyList<string>, CancellationToken, Task<EmbeddingReply>> send, TimeProvider time)
    {
        (_options, _send, _time) = (options, send, time);
        _timer = time.CreateTimer(_ => Dispatch(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cuts the texts of one caller into parcels that a request can hold, as few as possible.</summary>
    public IEnumerable<Parcel> Cut(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var parcel = new List<string>();
        var load = 0L;
        foreach (var text in texts)
        {
            var more = Parcel.LoadOf(text);
            if (parcel.Count > 0 && !Fits(parcel.Count + 1, load + more))
            {
                yield return new(parcel, cancellationToken);
                (parcel, load) = ([], 0);
            }

            parcel.Add(text);
            load += more;
        }

        if (parcel.Count > 0)
        {
            yield return new(parcel, cancellationToken);
        }
    }

    /// <summary>Sends a parcel along with others.</summary>
    /// <exception cref="EmbeddingException">Its request failed, or gave a vector that must not be used.</exception>
    public async Task<ParcelResult> SendAsync(Parcel parcel)
    {
        await using var registration = parcel.CancellationToken.Register(parcel.Cancel);
        parcel.WaitsSince = _time.GetTimestamp();
        lock (_lock)
        {
            _waiting.AddLast(parcel);
        }

        Dispatch();
        return await parcel.WaitAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private bool Fits(int inputs, long load) => inputs <= _options.MaxInputs && load <= _options.MaxTokens;

    private void Dispatch()
    {
        while (TakeRequest() is { } request)
        {
            _ = RunAsync(request);
        }
    }

    private List<Parcel>? TakeRequest()
    {
        lock (_lock)
        {
            DropAbandoned();
            if (_waiting.First is not { } first || _underWay == _options.Concurrency)
            {
                return null;
            }

            var request = Fill();
            var waited = _time.GetElapsedTime(first.Value.WaitsSince);
            if (request.Count == _waiting.Count && !first.Value.GoesAlone && Fits(request.Sum(parcel => parcel.Texts.Count) + 1, 0) && waited < _options.Linger)
            {
                _timer.Change(_options.Linger - waited, Timeout.InfiniteTimeSpan);
                return null;
            }

            foreach (var _ in request)
            {
                _waiting.RemoveFirst();
            }

            _underWay++;
            return request;
        }
    }

    private void DropAbandoned()
    {
        for (var node = _waiting.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.IsDone)
            {
                _waiting.Remove(node);
            }

            node = next;
        }
    }

    private List<Parcel> Fill()
    {
        var request = new List<Parcel>();
        var (inputs, load) = (0, 0L);
        foreach (var parcel in _waiting)
        {
            inputs += parcel.Texts.Count;
            load += parcel.Load;
            if (request.Count > 0 && (parcel.GoesAlone || request[0].GoesAlone || !Fits(inputs, load)))
            {
                break;
            }

            request.Add(parcel);
        }

        return request;
    }

    private async Task RunAsync(List<Parcel> request)
    {
        await Task.Yield(); // the caller that filled it does not write the request for all
        using var abandoned = new CancellationTokenSource();
        var registrations = request.ConvertAll(parcel => parcel.CancellationToken.Register(() => Abandon(parcel, request, abandoned)));
        try
        {
            Deliver(request, await _send([.. request.SelectMany(parcel => parcel.Texts)], abandoned.Token));
        }
        catch (RequestException ex)
        {
            Fail(request, ex);
        }
        catch (Exception ex) when (ex is not OperationCanceledException || !abandoned.IsCancellationRequested) // nobody may wait for ever
        {
            Fail(request, new($"The embedder failed with {ex.GetType().Name}.", isTransient: true, ex));
        }
        catch (OperationCanceledException) when (abandoned.IsCancellationRequested)
        {
            // nobody waits for it any more
        }
        finally
        {
            registrations.ForEach(registration => registration.Unregister());
            lock (_lock)
            {
                _underWay--;
            }

            Dispatch();
        }
    }

    private static void Abandon(Parcel parcel, List<Parcel> request, CancellationTokenSource abandoned)
    {
        parcel.Cancel();
        if (request.TrueForAll(one => one.IsDone))
        {
            try
            {
                abandoned.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // the request ended at this very moment
            }
        }
    }

    private void Deliver(List<Parcel> request, EmbeddingReply reply)
    {
        var shares = UsageShares.Of(request, reply.Tokens ?? request.Sum(parcel => parcel.Tokens));
        var at = 0;
        for (var i = 0; i < request.Count; i++)
        {
            var parcel = request[i];
            try
            {
                parcel.Complete([.. reply.Vectors.AsSpan(at, parcel.Texts.Count).ToArray().Select(vector => VectorCheck.Normalised(vector, _options.Dimensions))], shares[i]);
            }
            catch (EmbeddingException ex) // a vector that nobody could search for fails its own caller only
            {
                parcel.Fail(ex.With(parcel.Before + shares[i]));
            }

            at += parcel.Texts.Count;
        }
    }

    private void Fail(List<Parcel> request, RequestException failure)
    {
        var isSplit = failure.MayBeOneText && request.Count > 1; // a request that is refused as a whole was not worked on
        var shares = UsageShares.Of(request, failure.IsUnsent || isSplit ? 0 : request.Sum(parcel => parcel.Tokens));
        for (var i = request.Count - 1; i >= 0; i--)
        {
            var parcel = request[i];
            parcel.Before += shares[i];
            if (isSplit)
            {
                parcel.GoesAlone = true;
                lock (_lock)
                {
                    _waiting.AddFirst(parcel);
                }
            }
            else
            {
                parcel.Fail(new(failure.Message, failure.IsTransient, failure) { Usage = parcel.Before, RetryAfter = failure.RetryAfter });
            }
        }
    }
}

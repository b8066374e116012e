using Recollect.Health;
using Recollect.Server.Http;

namespace Recollect.Server.Web.Health;

/// <summary>Keeps what was found of the parts: reading a large store whole takes seconds, and asking an embedder may cost money.</summary>
/// <remarks>Safe to call concurrently; however many ask, one examines.</remarks>
internal sealed class LastExamination : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20); // a page does not wait longer

    private readonly Doctor _doctor;
    private readonly TimeProvider _time;
    private readonly LastKnown<IReadOnlyList<PartDiagnosis>> _known;
    private volatile IReadOnlyList<PartDiagnosis> _found = [];

    /// <summary>Initializes a new instance of the <see cref="LastExamination"/> class.</summary>
    /// <param name="doctor">Examines the parts.</param>
    /// <param name="time">The clock.</param>
    public LastExamination(Doctor doctor, TimeProvider time) => (_doctor, _time, _known) = (doctor, time, new(ExamineAsync, time));

    /// <summary>Gets what was found, at once: of an examination that takes longer, what it has found so far.</summary>
    /// <param name="cancellationToken">Stops waiting; the examination goes on, for the next who asks.</param>
    public async ValueTask<Examination> GetAsync(CancellationToken cancellationToken)
    {
        var known = _known.GetAsync(cancellationToken).AsTask();
        if (await Task.WhenAny(known, Task.Delay(Patience, _time, cancellationToken)) != known)
        {
            return new(_found, TimeSpan.Zero, IsUnderWay: true);
        }

        var (parts, age) = await known;
        return new(parts, age, IsUnderWay: false);
    }

    /// <inheritdoc/>
    public void Dispose() => _known.Dispose();

    private async Task<IReadOnlyList<PartDiagnosis>> ExamineAsync(CancellationToken cancellationToken)
    {
        _found = [];
        try
        {
            await foreach (var part in _doctor.ExamineAsync(cancellationToken))
            {
                _found = [.. _found, part];
            }
        }
        catch (Exception ex) when (ex is not OperationCanceledException) // nobody may be waiting any more who could be told
        {
            _found = [.. _found, new("examination", new(Healthy: false, Failure.Describe(ex)))];
        }

        return _found;
    }
}

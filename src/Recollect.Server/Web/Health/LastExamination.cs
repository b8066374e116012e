using Recollect.Health;

namespace Recollect.Server.Web.Health;

/// <summary>Keeps what was found of the parts: reading a large store whole takes seconds, and asking an embedder may cost money.</summary>
/// <remarks>Safe to call concurrently; however many ask, one examines.</remarks>
internal sealed class LastExamination(Doctor doctor, TimeProvider time) : IDisposable
{
    private readonly LastKnown<IReadOnlyList<PartDiagnosis>> _known = new(async cancellationToken => await doctor.ExamineAsync(cancellationToken).ToListAsync(cancellationToken), time);

    /// <summary>Gets what was found, and how long ago that was.</summary>
    public ValueTask<(IReadOnlyList<PartDiagnosis> Parts, TimeSpan Age)> GetAsync(CancellationToken cancellationToken) => _known.GetAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _known.Dispose();
}

namespace Recollect.IntegrationTests.Sessions;

/// <summary>Says at which step of a store the process dies.</summary>
/// <param name="at">The step, from 0; none: it lives.</param>
/// <param name="after">Whether the step is done before it dies.</param>
internal sealed class CrashPlan(int at = int.MaxValue, bool after = false)
{
    private int _steps;
    private bool _isDead;

    /// <summary>Gets a value indicating whether it died.</summary>
    public bool IsDead => _isDead;

    public async ValueTask<T> StepAsync<T>(Func<ValueTask<T>> step)
    {
        var isIt = Interlocked.Increment(ref _steps) - 1 == at;
        if (_isDead || (isIt && !after))
        {
            throw Die();
        }

        var result = await step();
        return isIt ? throw Die() : result;
    }

    private InvalidOperationException Die()
    {
        _isDead = true;
        return new("The process died.");
    }
}

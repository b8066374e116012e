using System.Globalization;
using Recollect.Runs;

namespace Recollect.Cli.Output;

/// <summary>Shows how a run gets on: one line that is redrawn on a terminal, a plain line now and then elsewhere.</summary>
internal sealed class RunProgress : IProgress<RunLedger>, IAsyncDisposable
{
    private const int BarWidth = 24;

    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);

    private readonly TextWriter _output;
    private readonly TimeProvider _time;
    private readonly bool _isTerminal;
    private readonly long _start;
    private readonly ITimer _timer;
    private RunLedger? _ledger;
    private (long Timestamp, long Messages) _phase;

    private RunProgress(TextWriter output, TimeProvider time, bool isTerminal)
    {
        (_output, _time, _isTerminal, _start) = (output, time, isTerminal, time.GetTimestamp());
        var interval = isTerminal ? TerminalInterval : PlainInterval;
        _timer = time.CreateTimer(_ => Draw(), state: null, interval, interval);
    }

    public static RunProgress Start(CommandOutput output, TimeProvider time) =>
        new(output.Errors, time, !Console.IsErrorRedirected);

    /// <summary>Gets the account of the run; null before it began.</summary>
    public RunLedger? Ledger => _ledger;

    /// <summary>Gets how long it has taken so far.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_start);

    public void Report(RunLedger value) => _ledger = value;

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        if (_isTerminal)
        {
            await _output.WriteAsync("\r\e[K");
        }
    }

    private void Draw()
    {
        if (_ledger is { } ledger)
        {
            _output.Write(_isTerminal ? $"\r\e[K{Line(ledger)}" : $"{Line(ledger)}{Environment.NewLine}");
        }
    }

    private string Line(RunLedger ledger)
    {
        var elapsed = _time.GetElapsedTime(_start);
        if (ledger.ConversationsRead == 0)
        {
            var (done, total) = ledger.SourceProgress;
            return string.Create(CultureInfo.InvariantCulture, $"Reading {Bar(done, total)} {ledger.MessagesReceived:N0} messages  {Remaining(elapsed, done, total)}");
        }

        if (_phase.Timestamp == 0)
        {
            _phase = (_time.GetTimestamp(), ledger.MessagesRead);
        }

        var (made, unchanged, failed) = ledger.OutcomesSoFar;
        var inPhase = _time.GetElapsedTime(_phase.Timestamp);
        var rate = ledger.ConversationsRead / Math.Max(0.001, elapsed.TotalSeconds);
        return string.Create(CultureInfo.InvariantCulture,
            $"Memorising {Bar(ledger.MessagesRead, ledger.MessagesReceived)} {ledger.ConversationsRead:N0} conversations ({made:N0} made, {unchanged:N0} unchanged, {failed:N0} failed), {rate:N0}/s  {Remaining(inPhase, ledger.MessagesRead - _phase.Messages, ledger.MessagesReceived - _phase.Messages)}");
    }

    private static string Bar(long done, long? total)
    {
        if (total is not > 0)
        {
            return string.Empty;
        }

        var share = Math.Clamp((double)done / total.Value, 0, 1);
        var filled = (int)(share * BarWidth);
        return string.Create(CultureInfo.InvariantCulture, $"[{new string('#', filled)}{new string('.', BarWidth - filled)}] {share * 100,3:0} %");
    }

    private static string Remaining(TimeSpan elapsed, long done, long? total)
    {
        if (total is not { } all || done <= 0 || done >= all)
        {
            return string.Empty;
        }

        var left = TimeSpan.FromSeconds(elapsed.TotalSeconds * (all - done) / done);
        return left < TimeSpan.FromHours(24) ? string.Create(CultureInfo.InvariantCulture, $"{left:hh\\:mm\\:ss} left") : "over a day left";
    }
}

using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Recollect.Bots;
using Recollect.Ingest.Sources;
using Recollect.Memorize.Embedding;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Stores;
using Recollect.Sessions;
using Recollect.State;
using Recollect.Work;

namespace Recollect.Health;

/// <summary>Tests every configured part for real and says how to mend what does not work.</summary>
public sealed class Doctor(
    ISource source, IMemoryWriter writer, IEmbeddingGenerator<string, Embedding<float>> embedder,
    IMemoryStore store, IStateStore state, IWorkQueue queue, ISessionStore sessions, IOptions<DataOptions> data)
{
    private const string ProbeText = "This is a test of the connection.";

    /// <summary>Examines where people write.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="cancellationToken">Stops the examination.</param>
    public static async ValueTask<PartDiagnosis> ExamineAsync(IChatChannel channel, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return new($"channel {channel.Name}", await ExamineAsync(channel.DiagnoseAsync, cancellationToken));
    }

    /// <summary>Examines the parts one after the other, in the order of the flow.</summary>
    /// <param name="cancellationToken">Stops the examination.</param>
    public async IAsyncEnumerable<PartDiagnosis> ExamineAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new("data folder", ExamineDataFolder());
        yield return new($"source {source.Name}", await ExamineAsync(source.DiagnoseAsync, cancellationToken));
        yield return new($"writer {writer.Name}", await ExamineAsync(writer.DiagnoseAsync, cancellationToken));
        yield return new("embedder", await ExamineAsync(ProbeEmbedderAsync, cancellationToken));
        yield return new($"store {store.Name}", await ExamineAsync(store.DiagnoseAsync, cancellationToken));
        yield return new($"state {state.Name}", await ExamineAsync(state.DiagnoseAsync, cancellationToken));
        if (queue is not InProcessQueue)
        {
            yield return new($"queue {queue.Name}", await ExamineAsync(queue.DiagnoseAsync, cancellationToken));
        }

        if (source is SessionSource) // the others keep no sessions
        {
            yield return new($"sessions {sessions.Name}", await ExamineAsync(sessions.DiagnoseAsync, cancellationToken));
        }
    }

    private static async ValueTask<Diagnosis> ExamineAsync(Func<CancellationToken, ValueTask<Diagnosis>> examine, CancellationToken cancellationToken)
    {
        try
        {
            return await examine(cancellationToken);
        }
        catch (RecollectException ex)
        {
            return new(Healthy: false, ex.Message, ex.IsTransient ? "Try again later." : null);
        }
    }

    private async ValueTask<Diagnosis> ProbeEmbedderAsync(CancellationToken cancellationToken)
    {
        var probed = new TextEmbedder(embedder);
        var (vectors, _) = await probed.EmbedAsync([ProbeText], cancellationToken);
        return new(Healthy: true, $"embeds ({probed.Version}, {vectors[0].Length} dimensions)");
    }

    private Diagnosis ExamineDataFolder()
    {
        var root = Path.GetFullPath(data.Value.Root);
        var probe = Path.Combine(root, ".doctor");
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(root);
            }
            else
            {
                Directory.CreateDirectory(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            File.WriteAllText(probe, ProbeText);
            File.Delete(probe);
            var free = new DriveInfo(root).AvailableFreeSpace / (1024 * 1024);
            return new(free >= 100, $"{data.Value.Root} can be written, {free:N0} MiB free", free >= 100 ? null : "Free some space before the next run.");
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return new(Healthy: false, $"{data.Value.Root} cannot be written: {ex.Message}", "Give this user write access to it, or choose another folder with --data-root.");
        }
    }
}

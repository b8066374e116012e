using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Conversations;

namespace Recollect.Ingest.Sources.Files;

/// <summary>Reads chats from files: JSONL, ChatGPT's conversations.json and WhatsApp chat exports, told apart by content.</summary>
/// <param name="options">Which files.</param>
/// <param name="source">The name under which the threads are known.</param>
/// <param name="logger">Takes places, counts and reasons.</param>
/// <param name="time">Tells which messages lie in the future.</param>
internal sealed partial class FilesSource(
    IOptions<FilesSourceOptions> options, IOptions<SourceOptions> source, ILogger<FilesSource> logger, TimeProvider time) : ISource
{
    /// <summary>The name in configuration.</summary>
    public const string SourceName = "files";

    private const string NotRecognised = "not recognised: expected JSONL, a ChatGPT conversations.json or a WhatsApp chat export";

    /// <inheritdoc/>
    public string Name => SourceName;

    /// <inheritdoc/>
    /// <remarks>Always gives everything: the messages of one thread may lie in several files.</remarks>
    public async IAsyncEnumerable<SourceMessage> ReadAsync(
        ReadRequest request, IReadObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var found = Find();
        foreach (var problem in found.Problems)
        {
            observer.OnUnreachable(problem);
        }

        var context = new ReadContext(source.Value.Name, options.Value, observer, time.GetUtcNow());
        var progress = new ReadProgress(observer, found.Files.Sum(file => file.Length));
        var files = found.Files.Where(IsNotEmpty).ToArray();
        foreach (var file in files)
        {
            await foreach (var message in ReadFileAsync(file, context, progress, observer, cancellationToken))
            {
                yield return message;
            }

            progress.Finish(file.Length);
        }

        if (files.Length > 0 && context.UnrecognisedFiles == files.Length)
        {
            throw new SourceException($"No file is a chat: {files[0].Place} is {NotRecognised}.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken)
    {
        FoundFiles found;
        try
        {
            found = Find();
        }
        catch (Exception ex) when (ex is SourceException or ConfigurationException)
        {
            return new Diagnosis(false, ex.Message, "Name existing files, folders or globs in Sources:Files:Paths, or give --from.");
        }

        List<UnreadableItem> problems = [.. found.Problems];
        SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (var file in found.Files)
        {
            var (format, problem) = await DetectAsync(file, cancellationToken);
            counts[format] = counts.GetValueOrDefault(format) + 1;
            problems.AddRange(problem is null ? [] : [problem]);
        }

        var finding = string.Join(", ", counts.Select(count => FormattableString.Invariant($"{count.Value} {count.Key}")));
        return problems.Count == 0
            ? new Diagnosis(true, finding)
            : new Diagnosis(false, $"{finding}; {Describe(problems)}", "Mend or remove these paths; everything else is read.");
    }

    private static async ValueTask<(string Format, UnreadableItem? Problem)> DetectAsync(FoundFile file, CancellationToken cancellationToken)
    {
        try
        {
            if (file.Length == 0)
            {
                return ("empty", null);
            }

            await using var content = await FileContent.OpenAsync(file, cancellationToken);
            return await FormatDetector.DetectAsync(content, cancellationToken) is { } format ? (format.Title, null)
                : ("of no known format", new UnreadableItem(file.Place, NotRecognised));
        }
        catch (Exception ex) when (IoReason.Covers(ex)) // the finding of the check
        {
            return ("unreadable", new UnreadableItem(file.Place, IoReason.Of(ex)));
        }
    }

    private static string Describe(IReadOnlyCollection<UnreadableItem> problems)
    {
        const int Shown = 3;
        var shown = string.Join("; ", problems.Take(Shown).Select(problem => $"{problem.Place} {problem.Reason}"));
        return problems.Count <= Shown ? shown : FormattableString.Invariant($"{shown}; and {problems.Count - Shown} more");
    }

    private FoundFiles Find()
    {
        if (options.Value.Paths.Count == 0)
        {
            throw new ConfigurationException($"{FilesSourceOptions.SectionName}:Paths names no file: set it, or give --from.");
        }

        var found = FileFinder.Find(options.Value.Paths);
        return found.Files.Count > 0 ? found : throw new SourceException($"No file to read: {Describe(found.Problems)}.");
    }

    /// <summary>An empty file is not even opened: opening a pipe, which has no size either, would wait for whoever writes to it.</summary>
    private bool IsNotEmpty(FoundFile file)
    {
        if (file.Length == 0)
        {
            LogEmpty(logger, file.Place);
        }

        return file.Length > 0;
    }

    private async IAsyncEnumerable<SourceMessage> ReadFileAsync(
        FoundFile file, ReadContext context, ReadProgress progress, IReadObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FileContent? content = null;
        IAsyncEnumerator<SourceMessage>? messages = null;
        try
        {
            while (true)
            {
                SourceMessage message;
                try
                {
                    content ??= await FileContent.OpenAsync(file, cancellationToken);
                    messages ??= await StartAsync(content, context, observer, cancellationToken);
                    cancellationToken.ThrowIfCancellationRequested();
                    if (messages is null || !await messages.MoveNextAsync())
                    {
                        ReportCutOff(content, observer);
                        break;
                    }

                    message = messages.Current;
                }
                catch (Exception ex) when (IoReason.Covers(ex)) // one bad file must not stop the others
                {
                    observer.OnUnreachable(new UnreadableItem(file.Place, IoReason.Of(ex)));
                    break;
                }

                progress.Within(content.BytesRead);
                yield return message;
            }
        }
        finally
        {
            await using var closed = content;
            await using var ended = messages;
        }
    }

    private async ValueTask<IAsyncEnumerator<SourceMessage>?> StartAsync(
        FileContent content, ReadContext context, IReadObserver observer, CancellationToken cancellationToken)
    {
        var format = await FormatDetector.DetectAsync(content, cancellationToken);
        if (format is null)
        {
            observer.OnUnreadable(new UnreadableItem(content.File.Place, NotRecognised)); // a stray file must not hold up the others' nights
            context.UnrecognisedFiles++;
            return null;
        }

        LogReading(logger, content.File.Place, format.Title, content.Length);
        return format.ReadAsync(content, context, cancellationToken).GetAsyncEnumerator(cancellationToken);
    }

    private static void ReportCutOff(FileContent content, IReadObserver observer)
    {
        if (content.EndedEarly)
        {
            observer.OnUnreachable(new UnreadableItem(content.File.Place, "became shorter while it was read; what is left was read"));
        }
    }

    [LoggerMessage(2001, LogLevel.Information, "{Place} is empty, or is a pipe, and is not read")]
    private static partial void LogEmpty(ILogger logger, string place);

    [LoggerMessage(2002, LogLevel.Debug, "Reading {Place} as {Format}, {Bytes} bytes")]
    private static partial void LogReading(ILogger logger, string place, string format, long bytes);
}

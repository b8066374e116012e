using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Conversations;

namespace Recollect.Memorize.Generation.Llm;

/// <summary>Lets a language model write: asks for JSON of a schema, checks it, asks once more where it does not fit, and lets nothing stand that no message bears out.</summary>
internal sealed class LlmWriter : IMemoryWriter
{
    /// <summary>The name in configuration.</summary>
    public const string WriterName = "llm";

    private const int MostHalvings = 8;
    private const int TokensOfADescription = 150; // what a part's description is likely to take of a merging request

    private readonly LlmOptions _options;
    private readonly LlmInstructions _instructions;
    private readonly LlmInstructions _merging;
    private readonly ModelCaller _model;
    private readonly IChatClient _client;
    private readonly ConditionalWeakTable<Conversation, ConcurrentDictionary<string, JsonObject>> _written = []; // parts of a conversation whose later part failed, for the next try

    /// <summary>Initializes a new instance of the <see cref="LlmWriter"/> class.</summary>
    /// <param name="client">The model.</param>
    /// <param name="options">The settings.</param>
    /// <param name="logger">Is told when an endpoint takes no schema.</param>
    /// <exception cref="ConfigurationException">Prompt or schema cannot be read.</exception>
    public LlmWriter(IChatClient client, IOptions<LlmOptions> options, ILogger<LlmWriter> logger)
    {
        (_client, _options) = (client, options.Value);
        var (prompt, schema) = (PromptText.Load(_options.Prompt), MemorySchema.Load(_options.Schema));
        _instructions = new(prompt, schema);
        _merging = schema.IsJoinable ? new(prompt, MemorySchema.OfSummary) : _instructions;
        _model = new(client, _options, logger);
        Version = VersionOf();
    }

    /// <inheritdoc/>
    public string Name => WriterName;

    /// <inheritdoc/>
    public string Version { get; }

    /// <inheritdoc/>
    public bool IsRemote => true;

    /// <inheritdoc/>
    public bool WritesOnce => false;

    /// <inheritdoc/>
    public void BeginRun() => _model.BeginRun();

    /// <inheritdoc/>
    public ModelUsage Forecast(Conversation conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var parts = Cut(conversation);
        var input = parts.Sum(part => _instructions.Ask(part, conversation).Tokens);
        var calls = parts.Count;
        if (parts.Count > 1)
        {
            var description = Math.Min(_options.MaxOutputTokens, TokensOfADescription);
            input += _merging.Tokens + (parts.Count * description);
            calls++;
        }

        var usage = new UsageTally(_options);
        usage.Add(new(calls, input, (long)calls * _options.MaxOutputTokens));
        return usage.Total;
    }

    /// <inheritdoc/>
    public async ValueTask<WrittenMemory> WriteAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var usage = new UsageTally(_options);
        try
        {
            var (data, removed) = await WriteWholeAsync(conversation, usage, cancellationToken);
            _written.Remove(conversation);
            return new MemoryReading(conversation, _instructions.Schema).Read(data) with { Unverified = removed, Usage = usage.Total };
        }
        catch (GenerationException ex)
        {
            throw ex.With(usage.Total);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _client.GetResponseAsync([new(ChatRole.User, "Reply with the word yes.")], new ChatOptions { MaxOutputTokens = 16 }, cancellationToken);
            return new(Healthy: true, $"the model answers ({Version})");
        }
        catch (Exception ex) when (ex is not (RecollectException or OperationCanceledException)) // of a client that is not ours; its sentence may hold a key
        {
            return new(Healthy: false, $"the model client {_options.Client} failed with {ex.GetType().Name}", $"Check the settings of {_options.Client} and that its endpoint can be reached.");
        }
    }

    private async Task<(JsonObject Data, int Removed)> WriteWholeAsync(Conversation conversation, UsageTally usage, CancellationToken cancellationToken)
    {
        var parts = new List<JsonObject>();
        var removed = 0;
        foreach (var part in Cut(conversation))
        {
            removed += await WritePartAsync(part, conversation, parts, halvings: 0, usage, cancellationToken);
        }

        if (parts.Count == 1)
        {
            return (parts[0], removed);
        }

        var merger = new PartMerger(_merging, _instructions.Schema, _options, _model);
        var whole = await merger.MergeAsync(parts, conversation, usage, cancellationToken);
        return (whole, removed + Clean(whole, conversation, [.. Enumerable.Range(0, conversation.Messages.Count)]));
    }

    /// <summary>Writes a part; one that is too long for the model, or whose reply is, in two halves.</summary>
    private async Task<int> WritePartAsync(TranscriptPiece[] part, Conversation conversation, List<JsonObject> parts, int halvings, UsageTally usage, CancellationToken cancellationToken)
    {
        var request = _instructions.Ask(part, conversation);
        var key = StableHash.Of(16, request.Material);
        var known = _written.TryGetValue(conversation, out var before) ? before.GetValueOrDefault(key) : null;
        var data = known?.DeepClone().AsObject() ?? await RepliedObject.AskAsync(_model, request, usage, cancellationToken);
        if (data is not null)
        {
            _written.GetOrCreateValue(conversation)[key] = data.DeepClone().AsObject();
            var removed = Clean(data, conversation, [.. part.Select(piece => piece.Position)]);
            parts.Add(data);
            return removed;
        }

        if (halvings == MostHalvings || TranscriptCutter.Halves(part) is not var (first, second))
        {
            throw new GenerationException($"The model does not come to an end within {_options.MaxOutputTokens} tokens, or does not take even a small part of the conversation; raise {LlmOptions.SectionName}:{nameof(LlmOptions.MaxOutputTokens)}, or use another model.");
        }

        return await WritePartAsync(first, conversation, parts, halvings + 1, usage, cancellationToken)
            + await WritePartAsync(second, conversation, parts, halvings + 1, usage, cancellationToken);
    }

    private int Clean(JsonObject data, Conversation conversation, HashSet<int> shown)
    {
        var cleaner = new CitationCleaner(conversation, shown);
        cleaner.Clean(data);
        if (cleaner.Removed > 0 && _instructions.Schema.Root.FindMisfit(JsonSerializer.SerializeToElement(data)) is { } misfit)
        {
            throw new GenerationException($"What is left of the model's reply, once statements without a message are taken out, does not fit the schema: {misfit}.");
        }

        return cleaner.Removed;
    }

    private List<TranscriptPiece[]> Cut(Conversation conversation) =>
        TranscriptCutter.Cut(conversation.Messages.Select((message, position) => new TranscriptPiece(position, message)), _options.MaxInputTokens - _instructions.Tokens);

    private string VersionOf()
    {
        var metadata = _client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata;
        var temperature = _options.Temperature is { } chosen ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/{chosen}") : string.Empty;
        return $"{WriterName}/1/{_options.Client}/{metadata?.DefaultModelId ?? "default"}/{_instructions.Version}{temperature}".Replace(Fingerprint.PartSeparator, ',');
    }
}

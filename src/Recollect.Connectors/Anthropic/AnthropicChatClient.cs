using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Recollect.Memorize.Generation;

namespace Recollect.Connectors.Anthropic;

/// <summary>Asks a model through Anthropic's Messages API. Nothing is tried again here.</summary>
/// <remarks>
/// Safe to call concurrently. Of the options of a call it takes the form of the reply (a schema only: there is no JSON mode without one), the
/// temperature and the most tokens; texts only, no tools. Failures are <see cref="GenerationException"/>s.
/// </remarks>
public sealed class AnthropicChatClient : IChatClient
{
    private const string ApiVersion = "2023-06-01";

    private readonly AnthropicOptions _options;
    private readonly ChatEndpoint _endpoint;
    private readonly ChatClientMetadata _metadata;

    /// <summary>Initializes a new instance of the <see cref="AnthropicChatClient"/> class.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="time">Times requests.</param>
    public AnthropicChatClient(IOptions<AnthropicOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _options = options.Value;
        var address = ChatEndpoint.AddressOf(_options.Endpoint, "/messages");
        var headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["anthropic-version"] = ApiVersion };
        if (_options.ApiKey.Length > 0)
        {
            headers["x-api-key"] = _options.ApiKey;
        }

        _endpoint = new(address, headers, _options.Timeout, new(address.Authority, AnthropicOptions.SectionName, _options.Model), time);
        _metadata = new(AnthropicOptions.ClientName, new(address.GetLeftPart(UriPartial.Authority)), _options.Model);
    }

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var body = AnthropicRequest.Write([.. messages], options, _options.Model);
        var asksForFormat = options?.ResponseFormat is ChatResponseFormatJson { Schema: not null };
        var answer = await _endpoint.PostAsync(body, asksForFormat, onRefusal: null, cancellationToken);
        return AnthropicReply.Read(answer!.Value, _endpoint.Failures);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        await using var events = (await _endpoint.OpenAsync(AnthropicRequest.Write([.. messages], options, _options.Model, streams: true), asksForFormat: false, onRefusal: null, cancellationToken))!;
        if (!events.IsStream) // a server that does not stream answers as it does otherwise
        {
            foreach (var update in AnthropicReply.Read(await events.WholeAsync(), _endpoint.Failures).ToChatResponseUpdates())
            {
                yield return update;
            }

            yield break;
        }

        var isWhole = false;
        while (await events.NextAsync() is { } one)
        {
            isWhole |= AnthropicReply.IsLast(one);
            if (AnthropicReply.ReadEvent(one, _endpoint.Failures) is { } update)
            {
                yield return update;
            }
        }

        if (!isWhole)
        {
            throw _endpoint.Failures.OfBrokenAnswer();
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _endpoint.Dispose();
}

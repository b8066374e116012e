using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Recollect.Memorize.Generation;

namespace Recollect.Connectors.OpenAi;

/// <summary>Asks a model at any OpenAI-compatible endpoint. Nothing is tried again here, but for a field that the endpoint does not know.</summary>
/// <remarks>
/// Safe to call concurrently. Of the options of a call it takes the form of the reply, the temperature and the most tokens; texts only, no tools.
/// Failures are <see cref="GenerationException"/>s. A refusal is an <see cref="ErrorContent"/>.
/// </remarks>
public sealed class OpenAiChatClient : IChatClient
{
    private const int MostRequests = 3; // a temperature and a length that are not known

    private readonly OpenAiChatOptions _options;
    private readonly ChatEndpoint _endpoint;
    private readonly ChatClientMetadata _metadata;
    private volatile MaxTokensField _lengthField;
    private volatile bool _takesTemperature = true;

    /// <summary>Initializes a new instance of the <see cref="OpenAiChatClient"/> class.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="time">Times requests.</param>
    public OpenAiChatClient(IOptions<OpenAiChatOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _options = options.Value;
        var address = ChatEndpoint.AddressOf(_options.Endpoint, "/chat/completions");
        _endpoint = new(address, HeadersOf(address), _options.Timeout, new(address.Authority, OpenAiChatOptions.SectionName, _options.Model), time);
        _metadata = new(OpenAiChatOptions.ClientName, new(address.GetLeftPart(UriPartial.Authority)), _options.Model);
        _lengthField = _options.MaxTokensField is MaxTokensField.Auto
            ? IsOf(address, "openai.com") || IsAzure(address) ? MaxTokensField.MaxCompletionTokens : MaxTokensField.MaxTokens
            : _options.MaxTokensField;
    }

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var (answer, calls) = await OpenAsync([.. messages], options, streams: false, cancellationToken);
        await using (answer)
        {
            return OpenAiChatReply.Read(await answer.WholeAsync(), calls, _endpoint.Failures);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var (events, calls) = await OpenAsync([.. messages], options, streams: true, cancellationToken);
        await using (events)
        {
            if (!events.IsStream) // a server that does not stream answers as it does otherwise
            {
                foreach (var update in OpenAiChatReply.Read(await events.WholeAsync(), calls, _endpoint.Failures).ToChatResponseUpdates())
                {
                    yield return update;
                }

                yield break;
            }

            var isWhole = false;
            while (await events.NextAsync() is { } chunk)
            {
                var update = OpenAiChatReply.ReadChunk(chunk, _endpoint.Failures);
                isWhole |= update.FinishReason is not null;
                yield return update;
            }

            if (!isWhole && !events.SaidDone)
            {
                throw _endpoint.Failures.OfBrokenAnswer();
            }
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

    private async Task<(ChatEvents Events, int Calls)> OpenAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options, bool streams, CancellationToken cancellationToken)
    {
        for (var calls = 1; ; calls++)
        {
            var request = new OpenAiChatRequest(messages, options, _options.Model, _lengthField, _takesTemperature) { Streams = streams };
            if (await _endpoint.OpenAsync(request.ToBytes(), request.AsksForFormat, error => calls < MostRequests && TakesAnother(error, request), cancellationToken) is { } events)
            {
                return (events, calls);
            }
        }
    }

    /// <summary>Learns from a refusal which field the endpoint does not know; true where another request may do.</summary>
    private bool TakesAnother(ChatError error, OpenAiChatRequest request)
    {
        if (error.SaysTooLong || error.Word is "invalid_value") // the field is known, its value is not right
        {
            return false;
        }

        if (request.SendsTemperature && Names(error, "temperature"))
        {
            _takesTemperature = false;
            return true;
        }

        if (_options.MaxTokensField is not MaxTokensField.Auto || !request.SendsLength || !Names(error, OpenAiChatRequest.NameOf(request.LengthField)))
        {
            return false;
        }

        _lengthField = request.LengthField is MaxTokensField.MaxTokens ? MaxTokensField.MaxCompletionTokens : MaxTokensField.MaxTokens;
        return true;
    }

    private static bool Names(ChatError error, string field) =>
        error.Field.Equals(field, StringComparison.Ordinal) || (error.Field.Length == 0 && error.Sentence.Contains(field, StringComparison.Ordinal));

    private Dictionary<string, string> HeadersOf(Uri address)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        if (_options.ApiKey.Length > 0)
        {
            headers["Authorization"] = $"Bearer {_options.ApiKey}";
            if (IsAzure(address))
            {
                headers["api-key"] = _options.ApiKey;
            }
        }

        return headers;
    }

    private static bool IsAzure(Uri address) => IsOf(address, "azure.com");

    private static bool IsOf(Uri address, string domain) =>
        address.Host.Equals(domain, StringComparison.OrdinalIgnoreCase) || address.Host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);
}

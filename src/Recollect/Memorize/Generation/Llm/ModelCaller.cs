using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Recollect.Telemetry;
using Recollect.Text;

namespace Recollect.Memorize.Generation.Llm;

/// <summary>The one place that calls the model: keeps to the cap, counts, holds the model to the schema as far as the endpoint lets it, and makes every failure a <see cref="GenerationException"/>.</summary>
/// <remarks>Safe to call concurrently.</remarks>
internal sealed partial class ModelCaller(IChatClient client, LlmOptions options, ILogger logger)
{
    private const string SchemaName = "memory";

    private readonly TokenBudget _budget = new(
        options.MaxTokensPerRun,
        $"{LlmOptions.SectionName}:{nameof(LlmOptions.MaxTokensPerRun)}",
        static message => new GenerationException(message) { IsOverBudget = true });

    private readonly string _model = (client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata)?.DefaultModelId ?? "default";

    private volatile StructuredOutput _form = options.StructuredOutput is StructuredOutput.Auto ? StructuredOutput.Schema : options.StructuredOutput;

    /// <summary>Gets how the model is held to the schema now.</summary>
    public StructuredOutput Form => _form;

    /// <summary>Lets a new run spend from the start.</summary>
    public void BeginRun() => _budget.Begin();

    /// <summary>Asks the model once, in the strictest form that the endpoint takes.</summary>
    /// <param name="request">The request.</param>
    /// <param name="usage">Is told what each call cost, failed ones included.</param>
    /// <param name="cancellationToken">Stops waiting; the call may be billed all the same.</param>
    /// <returns>The reply; null where request or reply were too long for the model.</returns>
    /// <exception cref="GenerationException">The call failed, or the model refused.</exception>
    public async Task<string?> AskAsync(LlmRequest request, UsageTally usage, CancellationToken cancellationToken)
    {
        for (var form = _form; ; form++)
        {
            try
            {
                var reply = await CallAsync(request, form, usage, cancellationToken);
                Remember(form);
                return reply;
            }
            catch (GenerationException ex) when (ex.IsFormatRefused && options.StructuredOutput is StructuredOutput.Auto && form < StructuredOutput.Prompt)
            {
                // the next form may do
            }
            catch (GenerationException ex) when (ex.IsTooLong)
            {
                return null;
            }
        }
    }

    private async Task<string?> CallAsync(LlmRequest request, StructuredOutput form, UsageTally usage, CancellationToken cancellationToken)
    {
        var most = request.MostTokens + options.MaxOutputTokens;
        var spent = most; // a call that failed or was given up may have been billed
        var isAnswered = false;
        await _budget.ReserveAsync(most, cancellationToken);
        Tracing.Current(TelemetryNames.SpanWrite)?.SetTag(TelemetryNames.TagModel, _model);
        using var measurement = Measurement.Begin(Meters.ModelDuration, TelemetryNames.TagModel, _model);
        try
        {
            var response = await client.GetResponseAsync(request.Messages, OptionsOf(request, form), cancellationToken);
            var cost = CostOf(response, request);
            (spent, isAnswered) = (cost.InputTokens + cost.OutputTokens, true);
            Spent(cost, usage);
            var text = TextOf(response);
            measurement?.Succeeded();
            return text;
        }
        catch (GenerationException ex) when (!isAnswered)
        {
            var isUnbilled = ex.IsUnsent || ex.IsTooLong || ex.IsFormatRefused; // refused before any work
            spent = isUnbilled ? 0 : most;
            Spent(new(1, isUnbilled ? 0 : request.Tokens, 0), usage);
            throw;
        }
        catch (Exception ex) when (ex is not GenerationException && (ex is not OperationCanceledException || !cancellationToken.IsCancellationRequested)) // a provider's own kind
        {
            Spent(new(1, request.Tokens, 0), usage);
            throw Foreign(ex);
        }
        finally
        {
            _budget.Settle(most, spent);
        }
    }

    private void Spent(ModelUsage cost, UsageTally usage)
    {
        usage.Add(cost);
        Meters.CountModelTokens(_model, cost.InputTokens, cost.OutputTokens);
    }

    /// <summary>Describes a failure of a client that is not ours; its sentence may hold a key or a text.</summary>
    private GenerationException Foreign(Exception failure)
    {
        var isRefusal = failure is HttpRequestException { StatusCode: >= System.Net.HttpStatusCode.BadRequest and < System.Net.HttpStatusCode.TooManyRequests };
        return new($"The model client {options.Client} failed with {failure.GetType().Name}.", isTransient: !isRefusal, failure)
        {
            IsFormatRefused = failure is HttpRequestException { StatusCode: System.Net.HttpStatusCode.BadRequest or System.Net.HttpStatusCode.UnprocessableEntity },
        };
    }

    private ChatOptions OptionsOf(LlmRequest request, StructuredOutput form) => new()
    {
        MaxOutputTokens = options.MaxOutputTokens,
        Temperature = options.Temperature,
        ResponseFormat = form switch
        {
            StructuredOutput.Schema => ChatResponseFormat.ForJsonSchema(request.Schema.Element, SchemaName),
            StructuredOutput.Json => ChatResponseFormat.Json,
            _ => null,
        },
    };

    private static ModelUsage CostOf(ChatResponse response, LlmRequest request)
    {
        var said = response.Usage;
        var calls = said?.AdditionalCounts is { } counts && counts.TryGetValue(ModelUsage.CallsCount, out var made) ? made : 1;
        return new(
            calls,
            said?.InputTokenCount is > 0 and var input ? input : request.Tokens,
            said?.OutputTokenCount is >= 0 and var output ? output : TokenEstimate.Of(response.Text));
    }

    private static string? TextOf(ChatResponse response)
    {
        if (response.FinishReason == ChatFinishReason.ContentFilter || response.Messages.Any(message => message.Contents.OfType<ErrorContent>().Any()))
        {
            throw new GenerationException("The model refused to describe this conversation, or a filter of its provider did. Trying again does not help; another model may.");
        }

        return response.FinishReason == ChatFinishReason.Length ? null : response.Text;
    }

    private void Remember(StructuredOutput form)
    {
        if (form > _form)
        {
            _form = form;
            LogForm(logger, options.Client, form);
        }
    }

    [LoggerMessage(3001, LogLevel.Information, "The endpoint of {Client} refused a stricter form of reply; from now on it is asked by {Form}")]
    private static partial void LogForm(ILogger logger, string client, StructuredOutput form);
}

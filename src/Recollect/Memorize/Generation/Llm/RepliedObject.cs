using System.Text.Json.Nodes;

namespace Recollect.Memorize.Generation.Llm;

/// <summary>Gets an object of the schema out of a model: what does not fit is asked for once more, with what was wrong.</summary>
internal static class RepliedObject
{
    /// <summary>Asks the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="request">The request.</param>
    /// <param name="usage">Is told what the calls cost.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The object; null where request or reply were too long for the model.</returns>
    /// <exception cref="GenerationException">A call failed, the model refused, or twice gave what does not fit.</exception>
    public static async Task<JsonObject?> AskAsync(ModelCaller model, LlmRequest request, UsageTally usage, CancellationToken cancellationToken)
    {
        if (await model.AskAsync(request, usage, cancellationToken) is not { } first)
        {
            return null;
        }

        var read = ReplyReader.Read(first, request.Schema.Root);
        if (read.Misfit is { } misfit)
        {
            if (await model.AskAsync(request.Again(misfit), usage, cancellationToken) is not { } second)
            {
                return null;
            }

            read = ReplyReader.Read(second, request.Schema.Root);
        }

        return read.Misfit is null ? WellFormedJson.Of(read.Data) : throw new GenerationException(
            $"The model gave twice what cannot be used: {read.Misfit}. A larger model, or {LlmOptions.SectionName}:{nameof(LlmOptions.StructuredOutput)}, may help.");
    }
}

using System.Text.Json.Nodes;
using Recollect.Conversations;
using Recollect.Text;

namespace Recollect.Memorize.Generation.Llm;

/// <summary>Makes one object of the objects of parts.</summary>
/// <param name="instructions">Tell the model to merge.</param>
/// <param name="schema">The schema of the whole.</param>
/// <param name="options">The settings.</param>
/// <param name="model">The model.</param>
internal sealed class PartMerger(LlmInstructions instructions, MemorySchema schema, LlmOptions options, ModelCaller model)
{
    /// <summary>Merges parts: lists are put together and only the summary is written anew, where the schema allows that; else the model makes one object of them.</summary>
    /// <param name="parts">The objects, in order; at least two.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="usage">Is told what the calls cost.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="GenerationException">A call failed, or the parts cannot be merged.</exception>
    public async Task<JsonObject> MergeAsync(IReadOnlyList<JsonObject> parts, Conversation conversation, UsageTally usage, CancellationToken cancellationToken)
    {
        if (!schema.IsJoinable)
        {
            return await ReduceAsync(parts, conversation, usage, cancellationToken);
        }

        const string summary = "summary";
        var summaries = parts.Select(part => new JsonObject { [summary] = part[schema.SummaryField!]?.DeepClone() ?? string.Empty });
        var merged = await ReduceAsync([.. summaries], conversation, usage, cancellationToken);
        return PartJoiner.Join(parts, schema, merged[summary]!.GetValue<string>());
    }

    /// <summary>Merges as many neighbours at once as a request holds, until one is left.</summary>
    private async Task<JsonObject> ReduceAsync(IReadOnlyList<JsonObject> parts, Conversation conversation, UsageTally usage, CancellationToken cancellationToken)
    {
        while (parts.Count > 1)
        {
            var merged = new List<JsonObject>();
            foreach (var group in Groups(parts))
            {
                merged.Add(group.Count == 1 ? group[0] : await MergeOnceAsync(group, conversation, usage, cancellationToken));
            }

            parts = merged.Count < parts.Count ? merged : throw TooLong();
        }

        return parts[0];
    }

    private async Task<JsonObject> MergeOnceAsync(List<JsonObject> group, Conversation conversation, UsageTally usage, CancellationToken cancellationToken) =>
        await RepliedObject.AskAsync(model, instructions.AskToMerge(group.Select(WellFormedJson.Print), conversation), usage, cancellationToken) ?? throw TooLong();

    private IEnumerable<List<JsonObject>> Groups(IReadOnlyList<JsonObject> parts)
    {
        var room = options.MaxInputTokens - instructions.Tokens - TokenEstimate.Of(PromptText.Shipped("Prompts/merge.txt"));
        var group = new List<JsonObject>();
        var load = 0L;
        foreach (var part in parts)
        {
            var more = TokenEstimate.Of(WellFormedJson.Print(part)) + 1;
            if (group.Count > 0 && load + more > room)
            {
                yield return group;
                (group, load) = ([], 0);
            }

            group.Add(part);
            load += more;
        }

        yield return group;
    }

    private static GenerationException TooLong() => new(
        $"The descriptions of the conversation's parts are too long to be merged; raise {LlmOptions.SectionName}:{nameof(LlmOptions.MaxInputTokens)} or {nameof(LlmOptions.MaxOutputTokens)}, or use a schema with shorter fields.");
}

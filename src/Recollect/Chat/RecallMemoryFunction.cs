using System.Text.Json;
using Microsoft.Extensions.AI;
using Recollect.Conversations;
using Recollect.Recall;
using Recollect.Recall.Tool;

namespace Recollect.Chat;

/// <summary><c>recall_memory</c> as a function of a model, bound to one owner.</summary>
/// <remarks>Gives the object that the Model Context Protocol gives, or a text that says what was wrong with the call. Safe to call concurrently.</remarks>
internal sealed class RecallMemoryFunction(ChatMemory memory, Owner owner) : AIFunction
{
    /// <inheritdoc/>
    public override string Name => RecallTool.Name;

    /// <inheritdoc/>
    public override string Description => RecallTool.Description;

    /// <inheritdoc/>
    public override JsonElement JsonSchema => RecallTool.InputSchema;

    /// <inheritdoc/>
    public override JsonElement? ReturnJsonSchema => RecallTool.OutputSchema;

    /// <inheritdoc/>
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        try
        {
            var asked = RecallArguments.Read(arguments.ToDictionary(pair => pair.Key, pair => JsonOf(pair.Value), StringComparer.Ordinal));
            Check("scope", asked.Scope, owner.Scope);
            Check("user_id", asked.User ?? owner.User, owner.User);
            var found = await memory.RecallAsync(new() { Owner = owner, Text = asked.Query, Top = asked.Limit }, cancellationToken);
            using var document = JsonDocument.Parse(ToolMemoriesJson.Write(found));
            return document.RootElement.Clone();
        }
        catch (RecallException ex) // so that the model can do better
        {
            return ex.Message;
        }
    }

    /// <exception cref="RecallException">The model asks for what is not this owner's.</exception>
    private static void Check(string name, string asked, string allowed)
    {
        if (!string.Equals(asked, allowed, StringComparison.Ordinal))
        {
            throw new RecallException($"{name} must be \"{allowed}\": nothing else can be recalled here.");
        }
    }

    private static JsonElement JsonOf(object? value) => value is JsonElement element ? element : JsonSerializer.SerializeToElement(value, AIJsonUtilities.DefaultOptions);
}

namespace Recollect.Sessions;

/// <summary>One message of what a model is given.</summary>
/// <param name="Role">Who speaks, as the model names it: <c>system</c>, <c>user</c>, <c>assistant</c>.</param>
/// <param name="Text">The text.</param>
public sealed record ContextMessage(string Role, string Text)
{
    /// <summary>Gets the name of the author that is sent along; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the tokens of the text where they were counted before; null: they are counted when they are needed.</summary>
    public int? Tokens { get; init; }
}

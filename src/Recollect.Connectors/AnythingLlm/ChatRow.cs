namespace Recollect.Connectors.AnythingLlm;

/// <summary>One chat as the API gives it: a question and its answer.</summary>
internal sealed record ChatRow
{
    /// <summary>Gets the id; ids grow with time.</summary>
    public required long Id { get; init; }

    /// <summary>Gets the id of the workspace.</summary>
    public required string Workspace { get; init; }

    /// <summary>Gets the name of the workspace; null when there is none.</summary>
    public string? WorkspaceName { get; init; }

    /// <summary>Gets the id of the thread; null for the default thread.</summary>
    public string? Thread { get; init; }

    /// <summary>Gets the name of the user; where the API names none, what AnythingLLM calls it.</summary>
    public required string User { get; init; }

    /// <summary>Gets the session of a program that chats through the API; null for people.</summary>
    public string? Session { get; init; }

    /// <summary>Gets when the chat was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the chat was made, as received.</summary>
    public required string CreatedAtText { get; init; }

    /// <summary>Gets a value indicating whether the chat counts no more for AnythingLLM (<c>include: false</c>).</summary>
    public bool IsHidden { get; init; }

    /// <summary>Gets the question; null when it is blank.</summary>
    public string? Prompt { get; init; }

    /// <summary>Gets the text of the answer; null when it is blank.</summary>
    public string? Response { get; init; }

    /// <summary>Gets a value indicating whether there is neither question nor answer.</summary>
    public bool IsBlank => Prompt is null && Response is null;
}

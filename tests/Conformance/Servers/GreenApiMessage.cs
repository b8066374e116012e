namespace Recollect.Conformance.Servers;

/// <summary>A text that was sent.</summary>
/// <param name="Chat">Where to.</param>
/// <param name="Text">The text.</param>
public sealed record GreenApiMessage(string Chat, string Text);

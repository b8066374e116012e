namespace Recollect.IntegrationTests.Llm;

/// <summary>A reply of a bad model.</summary>
/// <param name="Kind">What is bad about it.</param>
/// <param name="Text">The reply.</param>
/// <param name="IsStored">Whether a memory may be made of it.</param>
internal sealed record HostileReply(string Kind, string Text, bool IsStored);

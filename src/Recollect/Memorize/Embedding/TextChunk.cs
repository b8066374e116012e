namespace Recollect.Memorize.Embedding;

/// <summary>A piece of a conversation's text.</summary>
/// <param name="Text">The text; never blank.</param>
/// <param name="FirstMessage">The position of the first message that it holds, from 0.</param>
/// <param name="LastMessage">The position of the last message that it holds.</param>
internal sealed record TextChunk(string Text, int FirstMessage, int LastMessage);

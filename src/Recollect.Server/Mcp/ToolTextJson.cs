namespace Recollect.Server.Mcp;

/// <summary>A block of text in the result of a tool.</summary>
internal sealed record ToolTextJson(string Type, string Text);

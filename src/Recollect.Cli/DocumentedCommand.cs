using System.CommandLine;

namespace Recollect.Cli;

/// <summary>A command whose help ends with examples.</summary>
internal sealed class DocumentedCommand : Command
{
    /// <summary>Initializes a new instance of the <see cref="DocumentedCommand"/> class.</summary>
    /// <param name="name">What people type.</param>
    /// <param name="text">A paragraph on what it does, an empty line, and a paragraph of examples.</param>
    public DocumentedCommand(string name, string text)
        : base(name) => (Description, Examples) = Split(text);

    /// <summary>Gets the examples, with their heading.</summary>
    public string Examples { get; }

    private static (string Description, string Examples) Split(string text)
    {
        var lines = text.ReplaceLineEndings("\n");
        var end = lines.IndexOf("\n\n", StringComparison.Ordinal);
        return (lines[..end].Replace('\n', ' '), lines[(end + 2)..]);
    }
}

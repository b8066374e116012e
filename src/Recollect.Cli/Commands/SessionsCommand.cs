using System.CommandLine;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect sessions</c>: a bot's live conversations, and those that became memories.</summary>
internal static class SessionsCommand
{
    public static Command Create(CommandHost host) => new DocumentedCommand("sessions", """
        Shows a bot's live conversations and those that became memories, and ends them.

        Examples:
          recollect sessions list
          recollect sessions show 972501234567@c.us
          recollect sessions sweep
          recollect sessions reset 972501234567@c.us
        """)
    {
        SessionsListCommand.Create(host),
        SessionsShowCommand.Create(host),
        SessionsSweepCommand.Create(host),
        SessionsResetCommand.Create(host),
    };

    /// <summary>Gets settings that stand for all parts that reading sessions does not need, so that their addresses and keys may be missing.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> WithoutOthers(ParseResult arguments) =>
    [
        new("Sources:Use", "sessions"), new("Generation:Use", "extractive"), new("Generation:Fallback", "none"), new("Embedding:Use", "local"), new("Stores:Use", "sqlite"),
        new("Delivery:Use", "none"), new("Queue:Use", "in-process"), new("Bot:WhatsApp:Url", "https://api.green-api.com"), new("Bot:WhatsApp:Instance", ""), new("Bot:WhatsApp:Token", ""),
    ];
}

namespace Recollect.Cli.Output;

/// <summary>What <c>bot service --json</c> prints.</summary>
internal sealed record BotServiceJson(
    string Name, bool Installed, bool UpToDate, bool? Running, bool Changed, IReadOnlyList<ScheduledFileJson> Files, IReadOnlyList<string> Commands);

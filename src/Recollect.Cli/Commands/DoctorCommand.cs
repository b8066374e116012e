using System.CommandLine;
using Recollect.Cli.Output;
using Recollect.Health;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect doctor</c>: tests every configured part and says how to mend it.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new DocumentedCommand("doctor", """
            Tests every configured part for real (source, writer, embedder, store, state) and says how to mend what does not work.

            Example:
              recollect doctor --from chats/
            """) { FromOption.From };
        command.SetAction(host.Action(
            async (context, cancellationToken) =>
            {
                var found = new List<PartDiagnosis>();
                await foreach (var part in context.Get<Doctor>().ExamineAsync(cancellationToken))
                {
                    found.Add(part);
                    await PrintAsync(part, context.Output.People);
                }

                var isHealthy = found.TrueForAll(part => part.Diagnosis.Healthy);
                context.Output.WriteJson(
                    new(isHealthy, [.. found.Select(part => new PartJson(part.Part, part.Diagnosis.Healthy, part.Diagnosis.Finding, part.Diagnosis.Advice))]),
                    OutputJson.Readable.DoctorJson);
                return isHealthy ? ExitCodes.Done : ExitCodes.Unreachable;
            },
            FromOption.Settings));
        return command;
    }

    private static async Task PrintAsync(PartDiagnosis part, TextWriter output)
    {
        await output.WriteLineAsync($"{(part.Diagnosis.Healthy ? "ok  " : "FAIL")} {part.Part}: {part.Diagnosis.Finding}");
        if (part.Diagnosis.Advice is { } advice)
        {
            await output.WriteLineAsync($"     {advice}");
        }
    }
}

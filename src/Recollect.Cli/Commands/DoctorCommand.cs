using System.CommandLine;
using Microsoft.Extensions.Options;
using Recollect.Bots;
using Recollect.Cli.Output;
using Recollect.Connectors.WhatsApp;
using Recollect.Health;
using Recollect.Registration;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect doctor</c>: tests every configured part and says how to mend it.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new DocumentedCommand("doctor", """
            Tests every configured part for real (source, writer, embedder, store, state; of a bot also sessions and channel) and says how to mend what does not work.

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

                if (!string.IsNullOrEmpty(context.Get<IOptions<WhatsAppOptions>>().Value.Instance))
                {
                    found.Add(await Doctor.ExamineAsync(context.Services.Choose<IChatChannel>("the channel", BotCommand.WhatsApp), cancellationToken));
                    await PrintAsync(found[^1], context.Output.People);
                }

                var isHealthy = found.TrueForAll(part => part.Diagnosis.Healthy);
                context.Output.WriteJson(
                    new(isHealthy, [.. found.Select(part => new PartJson(part.Part, part.Diagnosis.Healthy, part.Diagnosis.Finding, part.Diagnosis.Advice))]),
                    static json => json.DoctorJson);
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

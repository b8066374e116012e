using System.CommandLine;
using System.Globalization;
using Recollect.Cli.Output;
using Recollect.Erasure;

namespace Recollect.Cli.Commands;

/// <summary><c>recollect forget</c>: removes a user everywhere, with a receipt.</summary>
internal static class ForgetCommand
{
    public static Command Create(CommandHost host)
    {
        var user = OwnerOptions.User();
        var tenant = OwnerOptions.Tenant();
        var command = new DocumentedCommand("forget", """
            Removes a user from memories, messages, indexes, journal and outbox, and prints a receipt.
            Messages sent up to now stay forgotten, even if a later run or import reads them again.

            Example:
              recollect forget --user dana
            """) { user, tenant };
        command.SetAction(host.Action(async (context, cancellationToken) =>
        {
            var receipt = await context.Get<UserEraser>().ForgetAsync(
                context.Arguments.GetRequiredValue(tenant), context.Arguments.GetRequiredValue(user), cancellationToken);
            Print(receipt, context.Output.People);
            context.Output.WriteJson(receipt, static json => json.ErasureReceipt);
            return ExitCodes.Done;
        }));
        return command;
    }

    private static void Print(ErasureReceipt receipt, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Forgot user {Printable.Of(receipt.User)} of tenant {Printable.Of(receipt.Tenant)}: {receipt.Memories:N0} memories, {receipt.Messages:N0} messages, {receipt.Chunks:N0} vectors, {receipt.StateEntries:N0} entries of journal, pending list and outbox."));
        if (receipt.Sessions > 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Live and archived conversations with the bot that went too: {receipt.Sessions:N0}."));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Messages sent up to {receipt.ForgottenAt:yyyy-MM-dd HH:mm:ss} UTC stay forgotten; later ones are new."));
        output.WriteLine("The source still has its own copy, and so have exports that you made; Recollect does not reach those.");
        foreach (var backup in receipt.Backups)
        {
            output.WriteLine($"! This backup still holds the user's data: {backup}");
        }
    }
}

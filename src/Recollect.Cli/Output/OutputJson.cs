using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Recollect.Backups;
using Recollect.Cli.Evaluation;
using Recollect.Erasure;
using Recollect.Server.Api;
using Recollect.Sessions;
using Recollect.Transfer;

namespace Recollect.Cli.Output;

/// <summary>The JSON that commands print, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AgentJson))]
[JsonSerializable(typeof(DemoJson))]
[JsonSerializable(typeof(DoctorJson))]
[JsonSerializable(typeof(EvaluationReport))]
[JsonSerializable(typeof(RecalledMemoriesJson))]
[JsonSerializable(typeof(RecalledMessagesJson))]
[JsonSerializable(typeof(ErasureReceipt))]
[JsonSerializable(typeof(ExportJson))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(InitJson))]
[JsonSerializable(typeof(KeyJson))]
[JsonSerializable(typeof(RunReportJson))]
[JsonSerializable(typeof(ScheduleJson))]
[JsonSerializable(typeof(ServeJson))]
[JsonSerializable(typeof(StatusJson))]
[JsonSerializable(typeof(WorkerJson))]
[JsonSerializable(typeof(BotJson))]
[JsonSerializable(typeof(BotServiceJson))]
[JsonSerializable(typeof(ChatJson))]
[JsonSerializable(typeof(BackupReport))]
[JsonSerializable(typeof(RestoreReport))]
[JsonSerializable(typeof(SessionListJson))]
[JsonSerializable(typeof(SessionShownJson))]
[JsonSerializable(typeof(SweepReport))]
[JsonSerializable(typeof(ResetResult))]
internal sealed partial class OutputJson : JsonSerializerContext
{
    /// <summary>Gets the context to use: text of every script is printed as it is.</summary>
    public static OutputJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

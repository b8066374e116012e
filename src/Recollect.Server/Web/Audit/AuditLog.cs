using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Recollect.Backups;
using Recollect.Conversations;
using Recollect.Server.Access;
using Recollect.Sessions.Files;

namespace Recollect.Server.Web.Audit;

/// <summary>Keeps what people did on the pages, a JSON object a line, in <c>audit.jsonl</c> of the data root. Users stand there as hashes, so that the log tells nothing of who was forgotten.</summary>
/// <remarks>Safe to call concurrently, also from several processes.</remarks>
internal sealed class AuditLog(IOptions<DataOptions> data, TimeProvider time)
{
    private const int HashBytes = 16;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _lock = new();

    /// <summary>Adds an entry; it is on the disk once this has returned.</summary>
    /// <param name="caller">Who did it.</param>
    /// <param name="action">What was done, in one word.</param>
    /// <param name="owner">To whose memories.</param>
    /// <param name="numbers">What it came to.</param>
    public void Add(Caller caller, string action, Owner owner, params ReadOnlySpan<(string Name, long Value)> numbers)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, Readable))
        {
            json.WriteStartObject();
            json.WriteString("at", time.GetUtcNow());
            json.WriteString("agent", caller.RecordedName);
            json.WriteString("action", action);
            json.WriteString("tenant", owner.Tenant);
            json.WriteString("user_hash", StableHash.Of(HashBytes, owner.Tenant, owner.User));
            foreach (var (name, value) in numbers)
            {
                json.WriteNumber(name, value);
            }

            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        lock (_lock)
        {
            var root = Path.GetFullPath(data.Value.Root);
            SessionFolder.Make(root);
            using var file = SessionFolder.Open(Path.Combine(root, BackupNames.Audit), FileMode.OpenOrCreate, FileShare.ReadWrite);
            file.Seek(0, SeekOrigin.End);
            file.Write(line.GetBuffer(), 0, (int)line.Length);
            file.Flush(flushToDisk: true);
        }
    }
}

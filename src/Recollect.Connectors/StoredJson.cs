using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using Recollect.Conversations;
using Recollect.Runs;

namespace Recollect.Connectors;

/// <summary>How lists and reports are written into columns of databases.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(CitationJsonConverter)])]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<Fact>))]
[JsonSerializable(typeof(IReadOnlyList<Citation>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(RunReport))]
internal sealed partial class StoredJson : JsonSerializerContext
{
    /// <summary>Gets the context that writes every script as it is, not as escapes.</summary>
    public static StoredJson Compact => field ??= new(new(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

using System.Text.Json.Serialization;

namespace Recollect.State;

/// <summary>The JSON of edits that are kept, generated at compile time.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MemoryEdit))]
internal sealed partial class MemoryEditJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Recollect.Memorize.Generation;

/// <summary>The JSON of writings that are kept, generated at compile time.</summary>
[JsonSerializable(typeof(WrittenMemory))]
internal sealed partial class WrittenMemoryJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Recollect.Sessions;

/// <summary>The JSON of the turns' numbers, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TurnHour[]))]
internal sealed partial class TurnJson : JsonSerializerContext;

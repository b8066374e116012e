using System.Text.Json.Serialization;

namespace Recollect.Cli.Output;

/// <summary>An agent as settings describe it.</summary>
internal sealed record AgentJson(
    [property: JsonPropertyName("Name")] string Name,
    [property: JsonPropertyName("KeyHash")] string KeyHash,
    [property: JsonPropertyName("Tenant")] string Tenant,
    [property: JsonPropertyName("Scopes")] IReadOnlyList<string> Scopes,
    [property: JsonPropertyName("MayForget"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool MayForget,
    [property: JsonPropertyName("MayWork"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool MayWork,
    [property: JsonPropertyName("MayAdminister"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool MayAdminister);

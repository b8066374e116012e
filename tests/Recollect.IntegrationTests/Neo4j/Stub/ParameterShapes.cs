using System.Text.Json;
using Recollect.Connectors.Neo4j;

namespace Recollect.IntegrationTests.Neo4j.Stub;

/// <summary>What the parameters of each statement look like.</summary>
internal static class ParameterShapes
{
    private const string Text = "text";
    private const string Texts = "texts";
    private const string Whole = "whole number";
    private const string Wholes = "whole numbers";
    private const string Vector = "vector";
    private const string Null = "null";
    private const string Truth = "truth";

    private static readonly Dictionary<string, string> EtlProperties = Shape(
        $"recollect_hash:{Text}, recollect_id:{Text}, recollect_tenant:{Text}, recollect_thread:{Text}, recollect_source:{Text}, recollect_started:{Whole}, recollect_ended:{Whole}, recollect_content_hash:{Text}, recollect_updated:{Whole}, recollect_made_by:{Text}, recollect_messages:{Whole}, recollect_dimensions:{Whole}, recollect_chunks:{Wholes}, recollect_vectors:{Null}, recollect_record:{Null}");

    private static readonly Dictionary<string, string> Properties = Shape(
        $"id:{Text}, scope:{Text}, user_id:{Text}, content:{Text}, embedding:{Vector}, source_updated_at_ts:{Whole}, message_hash:{Text}, message_count:{Whole}, tags:{Texts}, recollect_hash:{Text}, recollect_id:{Text}, recollect_tenant:{Text}, recollect_thread:{Text}, recollect_source:{Text}, recollect_started:{Whole}, recollect_ended:{Whole}, recollect_content_hash:{Text}, recollect_updated:{Whole}, recollect_made_by:{Text}, recollect_messages:{Whole}, recollect_dimensions:{Whole}, recollect_chunks:{Wholes}, recollect_vectors:{Vector}|{Null}, recollect_record:{Text}");

    private static readonly Dictionary<string, Dictionary<string, string>> Shapes = new(StringComparer.Ordinal)
    {
        [Cypher.Components] = [],
        [Cypher.Indexes] = [],
        [Cypher.DuplicateSessions] = [],
        [Cypher.Counts] = [],
        [Cypher.Users] = [],
        [Cypher.LargestUsers] = [],
        [Cypher.EtlNodes] = Shape($"after:{Text}, source:{Text}, limit:{Whole}"),
        [Cypher.AdoptEtlNodes] = Shape("rows:etl rows"),
        [Cypher.Upsert] = Shape("rows:rows"),
        [Cypher.HeadersOfThreads] = Shape($"threads:{Texts}"),
        [Cypher.HeadersOfSource] = Shape($"source:{Text}, after:{Text}, limit:{Whole}"),
        [Cypher.IdsAfter] = Shape($"after:{Text}, limit:{Whole}"),
        [Cypher.Records] = Shape($"ids:{Texts}"),
        [Cypher.Delete] = Shape($"ids:{Texts}"),
        [Cypher.Forget] = Shape($"tenant:{Text}, user:{Text}"),
        [Cypher.SearchPersonal] = Shape($"tenant:{Text}, scope:{Text}, user:{Text}, dimensions:{Whole}, vector:{Vector}, top:{Whole}"),
        [Cypher.SearchShared] = Shape($"tenant:{Text}, scope:{Text}, dimensions:{Whole}, vector:{Vector}, top:{Whole}"),
        [Cypher.ListPersonal] = Shape($"tenant:{Text}, scope:{Text}, user:{Text}, ended:{Whole}, id:{Text}, top:{Whole}"),
        [Cypher.ListShared] = Shape($"tenant:{Text}, scope:{Text}, ended:{Whole}, id:{Text}, top:{Whole}"),
        [Cypher.UsersAfter] = Shape($"tenant:{Text}, scopes:{Texts}, all_but:{Truth}, after:{Text}, top:{Whole}"),
        [Cypher.OfOtherDimensions] = Shape($"dimensions:{Whole}"),
    };

    /// <summary>Says what is wrong; null when nothing is.</summary>
    public static string? WhatIsWrongWith(string statement, JsonElement parameters) =>
        Shapes.TryGetValue(statement, out var shape) ? Compare(parameters, shape)
            : IsDdl(statement) ? Compare(parameters, [])
            : "UnknownStatement";

    private static bool IsDdl(string statement) =>
        statement is Cypher.CreateSessionConstraint || Cypher.PlainIndexes.Values.Contains(statement, StringComparer.Ordinal) || statement.Contains("CREATE VECTOR INDEX", StringComparison.Ordinal);

    private static string? Compare(JsonElement value, Dictionary<string, string> shape)
    {
        var names = value.EnumerateObject().Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        return !names.SetEquals(shape.Keys) ? $"Names.{string.Join('.', names.Except(shape.Keys, StringComparer.Ordinal).Concat(shape.Keys.Except(names, StringComparer.Ordinal)))}"
            : shape.Where(pair => !pair.Value.Split('|').Any(kind => Is(value.GetProperty(pair.Key), kind))).Select(pair => $"Kind.{pair.Key}").FirstOrDefault();
    }

    private static bool Is(JsonElement value, string kind) => kind switch
    {
        Null => value.ValueKind is JsonValueKind.Null,
        Truth => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        Text => value.ValueKind is JsonValueKind.String,
        Whole => value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out _) && !value.GetRawText().Contains('.', StringComparison.Ordinal),
        Texts => IsListOf(value, Text),
        Wholes => IsListOf(value, Whole),
        Vector => value.ValueKind is JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(number => number.ValueKind is JsonValueKind.Number && number.GetRawText().Contains('.', StringComparison.Ordinal)),
        "etl rows" => IsRows(value, Shape("session:text, properties:etl properties")),
        "rows" => IsRows(value, Shape("session:text, gone:texts, timestamp:text, properties:properties")),
        "etl properties" => Compare(value, EtlProperties) is null,
        "properties" => Compare(value, Properties) is null,
        _ => false,
    };

    private static bool IsListOf(JsonElement value, string kind) => value.ValueKind is JsonValueKind.Array && value.EnumerateArray().All(item => Is(item, kind));

    private static bool IsRows(JsonElement value, Dictionary<string, string> shape) =>
        value.ValueKind is JsonValueKind.Array && value.GetArrayLength() is > 0 and <= WriteQueue.MaxRows && value.EnumerateArray().All(row => Compare(row, shape) is null);

    private static Dictionary<string, string> Shape(string text) =>
        text.Split(", ").Select(pair => pair.Split(':')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}

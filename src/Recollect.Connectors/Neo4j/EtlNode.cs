using System.Numerics.Tensors;
using System.Text.Json;
using Recollect.Conversations;

namespace Recollect.Connectors.Neo4j;

/// <summary>A node that the ETL before wrote.</summary>
/// <param name="Session">The conversation's id.</param>
/// <param name="User">The user.</param>
/// <param name="Scope">The scope.</param>
/// <param name="Hash">That program's hash of the messages; empty where it has none.</param>
/// <param name="Updated">When the conversation changed.</param>
/// <param name="Messages">How many messages it had.</param>
/// <param name="Dimensions">The dimensions of its vector; 0 where a search could not use it.</param>
internal sealed record EtlNode(string Session, string User, string Scope, string Hash, DateTimeOffset Updated, long Messages, int Dimensions)
{
    private static readonly long LatestSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Reads one.</summary>
    public static EtlNode Read(QueryRow row)
    {
        var vector = row.Vector("embedding");
        var norm = TensorPrimitives.Norm<float>(vector);
        return new(
            row.Text("session"),
            row.Text("user"),
            row.Text("scope"),
            row.Text("hash"),
            DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(row.Number("updated"), 0, LatestSecond)),
            row.Number("messages", otherwise: 1),
            float.IsFinite(norm) && norm > 0 ? vector.Length : 0);
    }

    /// <summary>Writes the row for <see cref="Cypher.AdoptEtlNodes"/>.</summary>
    public void Write(Utf8JsonWriter json, string source)
    {
        var thread = Sessions.ThreadOf(Session, User, Scope, source);
        json.WriteStartObject();
        json.WriteString("session", Session);
        json.WriteStartObject("properties");
        json.WriteString("recollect_hash", Hash);
        json.WriteString("recollect_id", Conversation.IdOfGiven(thread));
        json.WriteString("recollect_tenant", Owner.DefaultTenant);
        json.WriteString("recollect_thread", thread.Id);
        json.WriteString("recollect_source", source);
        json.WriteNumber("recollect_started", Updated.UtcTicks);
        json.WriteNumber("recollect_ended", Updated.UtcTicks);
        json.WriteString("recollect_content_hash", Hash);
        json.WriteNumber("recollect_updated", Updated.UtcTicks);
        json.WriteString("recollect_made_by", Fingerprint.MadeByEtl);
        json.WriteNumber("recollect_messages", 0); // it kept none by themselves
        json.WriteNumber("recollect_dimensions", Dimensions);
        json.WriteStartArray("recollect_chunks");
        json.WriteNumberValue(0);
        json.WriteNumberValue(0);
        json.WriteNumberValue(Math.Clamp(Messages - 1, 0, int.MaxValue));
        json.WriteEndArray();
        json.WriteNull("recollect_vectors");
        json.WriteNull("recollect_record");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

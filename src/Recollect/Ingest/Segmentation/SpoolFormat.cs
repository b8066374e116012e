using Recollect.Conversations;

namespace Recollect.Ingest.Segmentation;

/// <summary>The bytes of a spool file. Files never outlive their process, so the format has no version.</summary>
internal static class SpoolFormat
{
    public static void Write(BinaryWriter writer, SourceThread thread)
    {
        var key = thread.Key;
        writer.Write(key.Source);
        writer.Write(key.Owner.Tenant);
        writer.Write(key.Owner.User);
        writer.Write(key.Owner.Scope);
        WriteOptional(writer, key.Workspace);
        writer.Write(key.Thread);
        WriteOptional(writer, key.Session);
        writer.Write(thread.IsConversation);
        writer.Write(thread.UpdatedAt?.UtcTicks ?? -1);
        WriteOptional(writer, thread.Title);
    }

    public static SourceThread ReadThread(BinaryReader reader)
    {
        var source = reader.ReadString();
        var owner = new Owner { Tenant = reader.ReadString(), User = reader.ReadString(), Scope = reader.ReadString() };
        return new()
        {
            Key = new() { Source = source, Owner = owner, Workspace = ReadOptional(reader), Thread = reader.ReadString(), Session = ReadOptional(reader) },
            IsConversation = reader.ReadBoolean(),
            UpdatedAt = reader.ReadInt64() is var ticks and >= 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null,
            Title = ReadOptional(reader),
        };
    }

    public static void Write(BinaryWriter writer, Message message)
    {
        writer.Write(message.Id);
        writer.Write(message.Role);
        writer.Write(message.Text);
        writer.Write(message.SentAt.UtcTicks);
        WriteOptional(writer, message.Author);
        WriteOptional(writer, message.OrderKey);
        writer.Write(message.Position);
        writer.Write(message.Metadata.Count);
        foreach (var (name, value) in message.Metadata)
        {
            writer.Write(name);
            writer.Write(value);
        }
    }

    public static Message ReadMessage(BinaryReader reader)
    {
        var message = new Message
        {
            Id = reader.ReadString(),
            Role = reader.ReadString(),
            Text = reader.ReadString(),
            SentAt = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
            Author = ReadOptional(reader),
            OrderKey = ReadOptional(reader),
            Position = reader.ReadInt64(),
        };
        var count = reader.ReadInt32();
        return count == 0 ? message : message with { Metadata = ReadMetadata(reader, count) };
    }

    private static Dictionary<string, string> ReadMetadata(BinaryReader reader, int count)
    {
        var metadata = new Dictionary<string, string>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            metadata.Add(reader.ReadString(), reader.ReadString());
        }

        return metadata;
    }

    private static void WriteOptional(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
        {
            writer.Write(text);
        }
    }

    private static string? ReadOptional(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;
}

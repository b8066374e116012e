namespace Recollect.Benchmarks.Chats;

/// <summary>How much is generated.</summary>
/// <param name="Conversations">Conversations, all ended long ago.</param>
/// <param name="Messages">Messages in all.</param>
/// <param name="Owners">Users among whom the conversations are spread evenly.</param>
internal sealed record ChatShape(int Conversations, int Messages, int Owners);

namespace Recollect.IntegrationTests.Sqs;

/// <summary>What the proxy answers instead of the emulator.</summary>
/// <param name="Status">The status; 0 cuts the connection after the call was made, -1 never answers.</param>
/// <param name="Body">The body.</param>
internal sealed record SqsReply(int Status, string Body)
{
    public static readonly SqsReply CutAfterwards = new(0, string.Empty);

    public static readonly SqsReply Silence = new(-1, string.Empty);

    public static readonly SqsReply Done = new(200, "{}");

    public DateTimeOffset? Date { get; init; }

    public static SqsReply Error(int status, string code, string message = "What the service says.") =>
        new(status, $$"""{"__type":"com.amazonaws.sqs#{{code}}","message":"{{message}}"}""");
}

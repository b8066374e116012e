using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Recollect.Server.Mcp;

/// <summary>Messages as lines of text. What was asked before the input ended is still answered, and no line is larger than agreed.</summary>
/// <remarks>The transport of the library drops answers once its input has ended, and takes lines of any length.</remarks>
internal sealed class McpLines : ITransport
{
    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    private readonly Channel<JsonRpcMessage> _received = Channel.CreateBounded<JsonRpcMessage>(1);
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _stopping;
    private readonly PipeReader _input;
    private readonly Stream _output;
    private readonly long _longest;
    private readonly Task _reading;

    /// <summary>Initializes a new instance of the <see cref="McpLines"/> class, and begins to read.</summary>
    /// <param name="input">Where lines come from.</param>
    /// <param name="output">Where answers go.</param>
    /// <param name="longest">The largest line, in bytes.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public McpLines(Stream input, Stream output, long longest, CancellationToken cancellationToken)
    {
        (_input, _output, _longest) = (PipeReader.Create(input, new(leaveOpen: true)), output, longest);
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _reading = Task.Run(ReadAllAsync, CancellationToken.None);
    }

    /// <inheritdoc/>
    public string? SessionId => null;

    /// <inheritdoc/>
    public ChannelReader<JsonRpcMessage> MessageReader => _received.Reader;

    /// <inheritdoc/>
    public async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(message, McpMessages.TypeOf<JsonRpcMessage>());
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await _output.WriteAsync(json, cancellationToken);
            await _output.WriteAsync(LineEnd, cancellationToken);
            await _output.FlushAsync(cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    [SuppressMessage("Usage", "VSTHRD003", Justification = "Reading begins with the constructor and ends here")]
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // however it ended
        _stopping.Dispose();
        _writing.Dispose();
    }

    private async Task ReadAllAsync()
    {
        try
        {
            var isTooLong = false;
            ReadResult read;
            do
            {
                read = await _input.ReadAsync(CancellationToken.None).AsTask().WaitAsync(_stopping.Token); // standard input itself cannot be cancelled
                var rest = read.Buffer;
                while (NextLine(ref rest, read.IsCompleted) is { } line)
                {
                    await (isTooLong || line.Length > _longest ? RefuseLengthAsync() : ReceiveAsync(line));
                    isTooLong = false;
                }

                isTooLong |= rest.Length > _longest;
                _input.AdvanceTo(isTooLong ? rest.End : rest.Start, rest.End); // the rest of a line that is too long is not kept
            }
            while (!read.IsCompleted);
        }
        finally
        {
            _received.Writer.TryComplete();
        }
    }

    private static ReadOnlySequence<byte>? NextLine(ref ReadOnlySequence<byte> rest, bool isLast)
    {
        var end = rest.PositionOf((byte)'\n');
        if (end is null && (!isLast || rest.IsEmpty))
        {
            return null;
        }

        var line = rest.Slice(0, end ?? rest.End);
        rest = end is { } at ? rest.Slice(rest.GetPosition(1, at)) : rest.Slice(rest.End);
        return line;
    }

    private async Task ReceiveAsync(ReadOnlySequence<byte> line)
    {
        var bytes = line.ToArray();
        if (bytes.All(value => value is (byte)' ' or (byte)'\t' or (byte)'\r'))
        {
            return;
        }

        try
        {
            foreach (var message in await McpMessages.ReadAsync(new MemoryStream(bytes), hasBatches: true, version: string.Empty, _stopping.Token))
            {
                await _received.Writer.WriteAsync(message, _stopping.Token);
            }
        }
        catch (McpRefusalException ex)
        {
            await SendMessageAsync(ex.ToMessage(), _stopping.Token);
        }
    }

    private Task RefuseLengthAsync() => SendMessageAsync(
        new McpRefusalException(StatusCodes.Status413PayloadTooLarge, McpErrorCode.InvalidRequest, $"A line is larger than the {_longest} bytes that Server:MaxRequestBytes allows.").ToMessage(),
        _stopping.Token);
}

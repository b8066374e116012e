namespace Recollect.Sessions;

/// <summary>Lets the messages of one chat be answered one after the other, in this process.</summary>
internal sealed class ChatGates
{
    private readonly Dictionary<string, Gate> _gates = new(StringComparer.Ordinal);

    /// <summary>Waits until the messages before have been answered.</summary>
    /// <param name="chat">The chat.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What lets the next one in when it is disposed.</returns>
    public async ValueTask<IDisposable> EnterAsync(string chat, CancellationToken cancellationToken)
    {
        Gate? gate;
        lock (_gates)
        {
            if (!_gates.TryGetValue(chat, out gate))
            {
                _gates.Add(chat, gate = new(this, chat));
            }

            gate.Users++;
        }

        try
        {
            await gate.Turn.WaitAsync(cancellationToken);
            return gate;
        }
        catch
        {
            Leave(gate);
            throw;
        }
    }

    private void Leave(Gate gate)
    {
        lock (_gates)
        {
            if (--gate.Users == 0)
            {
                _gates.Remove(gate.Chat);
            }
        }
    }

    private sealed class Gate(ChatGates all, string chat) : IDisposable
    {
        public string Chat => chat;

        public SemaphoreSlim Turn { get; } = new(1, 1);

        public int Users { get; set; }

        public void Dispose()
        {
            Turn.Release();
            all.Leave(this);
        }
    }
}

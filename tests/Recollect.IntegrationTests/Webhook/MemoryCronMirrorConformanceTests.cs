using Recollect.Conformance.Memorize.Delivery;
using Recollect.Memorize.Delivery;
using Recollect.Memorize.Stores;

namespace Recollect.IntegrationTests.Webhook;

public sealed class MemoryCronMirrorConformanceTests : MirrorConformance, IDisposable
{
    private readonly MirrorPlace _place = new();

    protected override string Source => MirrorPlace.Source;

    protected override IMirror Mirror => _place.Mirror;

    protected override IMemoryStore Store => _place.Store;

    protected override IReadOnlyList<string> Copied => [.. _place.List(MirrorPlace.Memories).Select(entry => entry.GetProperty("summary").GetString()!)];

    protected override string Traces => _place.Traces();

    public void Dispose() => _place.Dispose();

    protected override void Leave(string user, string summary)
    {
        var talk = new Talk { User = user, Summary = summary };
        _place.Leave(MirrorPlace.Memories, talk.Record());
        _place.Leave(MirrorPlace.Processed, talk.Note());
    }

    protected override void LeaveUnfinished()
    {
        File.WriteAllText(_place.PathOf(MirrorPlace.Memories + ".partial"), "{\"memories\":[{");
        File.WriteAllText(_place.PathOf(MirrorPlace.Processed + ".partial"), "{");
        Directory.CreateDirectory(_place.PathOf("imported.partial"));
        File.WriteAllText(_place.PathOf("imported.partial/" + MirrorPlace.Memories), "{");
    }

    protected override void Block(bool blocks)
    {
        var inTheWay = _place.PathOf(MirrorPlace.Memories + ".partial"); // rights would not stop every user
        if (blocks)
        {
            Directory.CreateDirectory(inTheWay);
        }
        else
        {
            Directory.Delete(inTheWay);
        }
    }
}

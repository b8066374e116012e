using System.Runtime.InteropServices;
using Recollect.Conversations;

namespace Recollect.Ingest.Sources.Files;

/// <summary>Gives one instance for each thread seen of late, so that its id is computed once; memory stays bounded.</summary>
/// <param name="sourceName">The configured name of the source.</param>
internal sealed class ThreadCache(string sourceName)
{
    private const int GenerationSize = 5_000;

    private Dictionary<Parts, SourceThread> _young = [];
    private Dictionary<Parts, SourceThread> _old = [];

    /// <summary>Gets the thread.</summary>
    /// <param name="parts">What tells it from others.</param>
    public SourceThread Get(in Parts parts)
    {
        if (_young.TryGetValue(parts, out var thread))
        {
            return thread;
        }

        if (!_old.TryGetValue(parts, out thread))
        {
            thread = Make(parts);
        }

        if (_young.Count == GenerationSize)
        {
            (_young, _old) = (_old, _young);
            _young.Clear();
        }

        _young.Add(parts, thread);
        return thread;
    }

    private SourceThread Make(in Parts parts) => new()
    {
        Key = new ThreadKey
        {
            Source = sourceName,
            Owner = new Owner { Tenant = parts.Tenant, User = parts.User, Scope = parts.Scope },
            Workspace = parts.Workspace,
            Thread = parts.Thread,
            Session = parts.Session,
        },
    };

    /// <summary>What tells a thread from others.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Parts(string Tenant, string User, string Scope, string? Workspace, string Thread, string? Session);
}

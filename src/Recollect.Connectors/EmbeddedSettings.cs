using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Recollect.Connectors;

/// <summary>What a program may change of the Recollect that it holds.</summary>
public sealed class EmbeddedSettings
{
    /// <summary>Gets or sets the folder that holds everything.</summary>
    /// <value>Relative to the working folder or absolute. Null, the default: what <c>Data:Root</c> of <see cref="Configuration"/> says, else <c>data</c>.</value>
    public string? Root { get; set; }

    /// <summary>Gets the files, folders and globs of chats to memorise beside the program's own. Empty unless filled.</summary>
    public IList<string> Files { get; } = [];

    /// <summary>Gets or sets settings as <c>recollect.json</c> has them, a section of the program's own configuration for example.</summary>
    /// <value>Null, the default: SQLite, local embeddings and extractive summaries.</value>
    public IConfiguration? Configuration { get; set; }

    /// <summary>Gets or sets what adds to the services within: an embedder of one's own, or changed options. They are apart from the program's services.</summary>
    /// <value>Null, the default: nothing.</value>
    public Action<IServiceCollection>? Services { get; set; }
}

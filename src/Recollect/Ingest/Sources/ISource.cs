using Recollect.Conversations;

namespace Recollect.Ingest.Sources;

/// <summary>Reads the messages of one system.</summary>
/// <remarks>
/// Passes <c>SourceConformance</c>. A source may give more than was asked for, never less: of every thread that it
/// touches it gives all messages from the start of the earliest conversation asked for. Messages may come in any order,
/// and a message may come twice. Reading changes nothing in the source.
/// </remarks>
public interface ISource
{
    /// <summary>Gets the name that configuration uses to choose this source.</summary>
    string Name { get; }

    /// <summary>Gets a value indicating whether the source still holds everything that it ever gave. Where it does not, what is missing in it says nothing, and nothing is pruned.</summary>
    /// <value>The default is <c>true</c>.</value>
    bool KeepsWhatItGave => true;

    /// <summary>Reads until the source is exhausted.</summary>
    /// <param name="request">What is needed.</param>
    /// <param name="observer">Is told of items that could not be read, and of progress.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="SourceException">The source refused or could not be reached.</exception>
    IAsyncEnumerable<SourceMessage> ReadAsync(ReadRequest request, IReadObserver observer, CancellationToken cancellationToken);

    /// <summary>Checks that the source can be read and says how to mend it where it cannot.</summary>
    /// <param name="cancellationToken">Stops the check.</param>
    ValueTask<Diagnosis> DiagnoseAsync(CancellationToken cancellationToken);
}

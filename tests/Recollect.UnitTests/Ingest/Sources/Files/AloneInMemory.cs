using Xunit;

namespace Recollect.UnitTests.Ingest.Sources.Files;

/// <summary>For tests that look at the memory of the whole process: nothing else runs beside them.</summary>
[CollectionDefinition(nameof(AloneInMemory), DisableParallelization = true)]
public sealed class AloneInMemory;

using Microsoft.Extensions.Options;
using Recollect.Conformance.Memorize.Generation;
using Recollect.Memorize.Generation;

namespace Recollect.UnitTests.Memorize.Generation;

public sealed class VerbatimWriterConformanceTests : MemoryWriterConformance
{
    protected override IMemoryWriter Create() => new VerbatimWriter(Options.Create(new VerbatimOptions()));
}

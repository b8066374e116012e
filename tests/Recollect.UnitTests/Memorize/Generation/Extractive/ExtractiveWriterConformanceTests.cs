using Microsoft.Extensions.Options;
using Recollect.Conformance.Memorize.Generation;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Generation.Extractive;

namespace Recollect.UnitTests.Memorize.Generation.Extractive;

public sealed class ExtractiveWriterConformanceTests : MemoryWriterConformance
{
    protected override IMemoryWriter Create() => new ExtractiveWriter(Options.Create(new ExtractiveOptions()));
}

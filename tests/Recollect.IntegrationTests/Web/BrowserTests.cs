using Xunit;

namespace Recollect.IntegrationTests.Web;

/// <summary>The tests that look at pages: they share one browser, and a server that has memorised the sample chats.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Chromium>, ICollectionFixture<SampleServer>
{
    public const string Name = "Browser";
}

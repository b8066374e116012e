using System.Buffers.Binary;
using Recollect.Conformance;
using Xunit;

namespace Recollect.IntegrationTests.Web;

/// <summary>The pictures of the docs. <c>RECOLLECT_SCREENSHOTS=1</c> makes them anew.</summary>
[Collection(BrowserTests.Name)]
public sealed class ScreenshotTests(Chromium chromium, SampleServer sample)
{
    private const int Width = 960;
    private const int Height = 640;
    private const int MostBytes = 140_000;

    private static readonly bool IsRenewed = string.Equals(Environment.GetEnvironmentVariable("RECOLLECT_SCREENSHOTS"), "1", StringComparison.Ordinal);

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public Task Pictures_of_the_docs_are_of_these_pages(string theme) => chromium.VisitAsync(
        sample.Server,
        async page =>
        {
            foreach (var (name, url) in new[] { ("overview", "/"), ("memory", sample.Known.Memory), ("search", "/search?query=Which+street+do+I+live+in%3F&user=dana") })
            {
                await page.OpenAsync(url);
                var picture = await page.ScreenshotAsync();

                Assert.InRange(picture.Length, 10_000, MostBytes);
                var file = $"docs/images/{name}-{theme}.png";
                var path = Path.Combine(Repository.Root, file);
                if (IsRenewed)
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                    await File.WriteAllBytesAsync(path, picture);
                }

                Assert.Equal((file, Width, Height), (file, Number(picture, 16), Number(picture, 20)));
                Assert.Equal((file, Width, Height), (file, Number(await File.ReadAllBytesAsync(path), 16), Number(await File.ReadAllBytesAsync(path), 20)));
                Assert.Contains(Repository.Files(pattern: "*.md"), doc => Repository.Read(doc).Contains($"images/{name}-{theme}.png", StringComparison.Ordinal));
            }
        },
        new() { Key = SampleServer.Admin, IsDark = theme is "dark", Width = Width, Height = Height });

    /// <summary>Reads a number of the head of a PNG file.</summary>
    private static int Number(byte[] picture, int at) => BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(at));
}

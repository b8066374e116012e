using Microsoft.Extensions.Configuration;
using Recollect.Connectors.Supabase;
using Xunit;

namespace Recollect.IntegrationTests.Supabase;

public sealed class SupabaseOptionsTests
{
    [Theory]
    [InlineData("https://project.supabase.co", "sb_secret_abc")]
    [InlineData("http://127.0.0.1:54321/", "eyJabc.not-a-token")]
    public void A_full_setup_is_accepted(string url, string key) => Assert.Empty(Failures(new() { Url = url, Key = key }));

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("project.supabase.co", "is no http or https address")]
    [InlineData("https://dana:secret@host", "holds a user or password")]
    [InlineData("https://host?apikey=secret", "holds a query or fragment")]
    [InlineData("https://host/rest/v1/", "ends in /rest/v1")]
    public void A_wrong_address_is_refused_without_repeating_it(string url, string expected)
    {
        var failure = Assert.Single(Failures(new() { Url = url, Key = "sb_secret_abc" }));

        Assert.StartsWith($"Sources:Supabase:Url {expected}", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("secret@", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("=secret", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("sb_secret_abc\n", "holds a space, line break")]
    [InlineData("sb_publishable_abc", "is the key for browsers")]
    public void A_wrong_key_is_refused(string key, string expected) =>
        Assert.StartsWith($"Sources:Supabase:Key {expected}", Assert.Single(Failures(new() { Url = "https://host", Key = key })), StringComparison.Ordinal);

    [Fact]
    public void The_older_key_for_browsers_is_refused_and_the_other_is_not()
    {
        Assert.Contains("for browsers", Assert.Single(Failures(new() { Url = "https://host", Key = Token.Of("""{"role":"anon"}""") })), StringComparison.Ordinal);
        Assert.Empty(Failures(new() { Url = "https://host", Key = Token.Of("""{"role":"service_role"}""") }));
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once() => Assert.Equal(
        [
            "Sources:Supabase:MessagesPerCall is 0; it must be between 1 and 10000.",
            "Sources:Supabase:Timeout is 00:00:00.5000000; it must be between 00:00:01 and 00:10:00.",
            "Sources:Supabase:Attempts is 1; it must be between 2 and 20.",
            "Sources:Supabase:Delay is 01:00:00; it must be between 00:00:00 and 00:02:00.",
        ],
        Failures(new() { MessagesPerCall = 0, Timeout = TimeSpan.FromSeconds(0.5), Attempts = 1, Delay = TimeSpan.FromHours(1) }, use: "files"),
        StringComparer.Ordinal);

    private static IEnumerable<string> Failures(SupabaseOptions options, string use = "supabase")
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Sources:Use", use)]).Build();
        return new SupabaseOptionsValidator(configuration).Validate(name: null, options).Failures ?? [];
    }
}

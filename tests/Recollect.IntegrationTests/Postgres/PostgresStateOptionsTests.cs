using Microsoft.Extensions.Configuration;
using Recollect.Connectors.Postgres.State;
using Xunit;

namespace Recollect.IntegrationTests.Postgres;

public sealed class PostgresStateOptionsTests
{
    [Theory]
    [InlineData("sqlite", "", "00:00:30", null)]
    [InlineData("sqlite", "nonsense", "00:00:30", null)]
    [InlineData("postgres", "postgresql://u:secret@host/db", "01:00:00", null)]
    [InlineData("postgres", "", "00:00:30", "State:Postgres:ConnectionString is empty; expected postgresql://USER:PASSWORD@HOST:5432/DATABASE")]
    [InlineData("postgres", "postgresql://u:secret@host:x/db", "00:00:30", "State:Postgres:ConnectionString has a port that is no number")]
    [InlineData("sqlite", "", "00:00:00.5", "State:Postgres:CommandTimeout is 00:00:00.5000000; it must be between 00:00:01 and 01:00:00.")]
    [InlineData("postgres", "Host=h", "01:00:00.1", "State:Postgres:CommandTimeout is 01:00:00.1000000; it must be between 00:00:01 and 01:00:00.")]
    public void A_connection_is_needed_where_the_state_is_in_use(string use, string connection, string timeout, string? expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("State:Use", use)]).Build();
        PostgresStateOptions options = new() { ConnectionString = connection, CommandTimeout = TimeSpan.Parse(timeout, System.Globalization.CultureInfo.InvariantCulture) };

        var result = new PostgresStateOptionsValidator(configuration).Validate(name: null, options);

        Assert.Equal(expected is null, result.Succeeded);
        Assert.StartsWith(expected ?? string.Empty, string.Concat(result.Failures ?? []), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", string.Concat(result.Failures ?? []), StringComparison.Ordinal);
    }
}

using Microsoft.Extensions.Configuration;
using Npgsql;
using Recollect.Connectors.Postgres;
using Xunit;

namespace Recollect.IntegrationTests.Postgres;

public sealed class ConnectionTextTests
{
    [Theory]
    [InlineData("postgresql://dana:p%40s%3As%2F%25@db.example.org:6543/chat%20s?sslmode=verify-full&application_name=x&connect_timeout=7&pgbouncer=true", "db.example.org", 6543, "dana", "p@s:s/%", "chat s")]
    [InlineData("postgres://dana.ref:secret+word@[::1]/postgres", "::1", 5432, "dana.ref", "secret+word", "postgres")]
    [InlineData("postgresql://host", "host", 5432, null, null, null)]
    [InlineData("postgresql://dana@host:5433", "host", 5433, "dana", null, null)]
    [InlineData("postgresql:///chats?host=host&user=dana&password=a%26b&port=1", "host", 1, "dana", "a&b", "chats")]
    [InlineData("Host=host;Username=dana;Password='a;b';Database=chats", "host", 5432, "dana", "a;b", "chats")]
    public void Both_forms_are_read(string text, string host, int port, string? user, string? password, string? database)
    {
        var connection = ConnectionText.Read(text);

        Assert.Equal((host, port, user, password, database), (connection.Host, connection.Port, connection.Username, connection.Password, connection.Database));
    }

    [Theory]
    [InlineData("disable", SslMode.Disable)]
    [InlineData("allow", SslMode.Allow)]
    [InlineData("prefer", SslMode.Prefer)]
    [InlineData("require", SslMode.Require)]
    [InlineData("verify-ca", SslMode.VerifyCA)]
    [InlineData("verify-full", SslMode.VerifyFull)]
    public void Every_mode_of_encryption_is_known(string mode, SslMode expected) =>
        Assert.Equal(expected, ConnectionText.Read($"postgresql://host/db?sslmode={mode}").SslMode);

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("secret", "is not read by Npgsql")]
    [InlineData("Host=h;Passwort=secret", "is not read by Npgsql")]
    [InlineData("Host=h;Port=secret", "is not read by Npgsql")]
    [InlineData("Username=u;Password=secret", "names no host")]
    [InlineData("postgresql://u:secret/x@host/db", "port that is no number")]
    [InlineData("postgresql://u:secret%zz@host/db", "begins no percent-encoding")]
    [InlineData("postgresql://u:p@host:secret/db", "port that is no number")]
    [InlineData("postgresql://u:p@host:70000/db", "port that is no number")]
    [InlineData("postgresql://host/db?sslmode=secret", "has a sslmode that is not understood")]
    [InlineData("postgresql://host/db?schema=secret", "has the parameter schema, which is not known")]
    public void A_wrong_one_is_refused_without_repeating_it(string text, string expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Sources:Use", "postgres")]).Build();

        var failure = Assert.Single(new PostgresOptionsValidator(configuration).Validate(name: null, new() { ConnectionString = text }).Failures ?? []);

        Assert.StartsWith("Sources:Postgres:ConnectionString ", failure, StringComparison.Ordinal);
        Assert.Contains(expected, failure, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgresql://host/db", 6)]
    [InlineData("Host=host;Database=db", 6)]
    [InlineData("Host=host;Maximum Pool Size=40;Database=db", 40)]
    [InlineData("Host=host;Minimum Pool Size=10;Database=db", 10)]
    [InlineData("Host=host;Database=db;Maximum Pool Size=100", 100)]
    public void A_process_takes_few_connections_unless_it_is_told_otherwise(string text, int expected) =>
        Assert.Equal(expected, ConnectionText.Read(text).MaxPoolSize);
}

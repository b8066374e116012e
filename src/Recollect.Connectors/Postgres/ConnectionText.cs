using System.Globalization;
using Npgsql;

namespace Recollect.Connectors.Postgres;

/// <summary>Reads how to connect, from a URI as libpq knows it or from Npgsql's keywords. What it says of mistakes repeats no value.</summary>
internal static class ConnectionText
{
    /// <summary>The most connections of one part of one process unless the text says otherwise: a server takes 100 as it is installed, and several processes with three parts each share them.</summary>
    private const int MaxConnections = 6;

    private static readonly string[] Schemes = ["postgresql://", "postgres://"];

    /// <summary>Reads either form.</summary>
    /// <exception cref="FormatException">It is neither; the message continues a sentence about the setting.</exception>
    public static NpgsqlConnectionStringBuilder Read(string text)
    {
        var trimmed = text.Trim();
        var scheme = Array.Find(Schemes, known => trimmed.StartsWith(known, StringComparison.OrdinalIgnoreCase));
        var builder = scheme is null ? OfKeywords(trimmed) : OfUri(trimmed[scheme.Length..]);
        if (!builder.ShouldSerialize("Maximum Pool Size"))
        {
            builder.MaxPoolSize = Math.Max(MaxConnections, builder.MinPoolSize);
        }

        return string.IsNullOrEmpty(builder.Host) ? throw new FormatException("names no host.") : builder;
    }

    /// <summary>Says what is wrong with either form; null when nothing is.</summary>
    /// <returns>The rest of a sentence about the setting, which names no value.</returns>
    public static string? WhatIsWrongWith(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "is empty; expected postgresql://USER:PASSWORD@HOST:5432/DATABASE or Host=…;Username=…;Password=…;Database=….";
        }

        try
        {
            Read(text);
            return null;
        }
        catch (FormatException ex)
        {
            return ex.Message;
        }
    }

    private static NpgsqlConnectionStringBuilder OfKeywords(string text)
    {
        var builder = new NpgsqlConnectionStringBuilder();
        return IsTaken(() => builder.ConnectionString = text) ? builder : throw new FormatException(
            "is not read by Npgsql: expected Host=…;Username=…;Password=…;Database=…, with quotes around values that hold a semicolon.");
    }

    /// <summary>Tells whether the driver takes a value. What it says of one that it does not take may hold a part of the password, so it is not passed on.</summary>
    private static bool IsTaken(Action set)
    {
        try
        {
            set();
            return true;
        }
        catch (Exception ex) when (ex is ArgumentException or FormatException or InvalidOperationException or NotSupportedException or InvalidCastException or OverflowException)
        {
            return false;
        }
    }

    private static NpgsqlConnectionStringBuilder OfUri(string rest)
    {
        var (address, query) = Cut(rest, rest.IndexOf('?', StringComparison.Ordinal));
        var (place, database) = Cut(address, address.IndexOf('/', StringComparison.Ordinal));
        var at = place.LastIndexOf('@');
        var (user, password) = at < 0 ? (string.Empty, string.Empty) : Cut(place[..at], place.IndexOf(':', StringComparison.Ordinal) is var colon && colon < at ? colon : -1);
        var builder = new NpgsqlConnectionStringBuilder();
        Set(builder, "Username", user, "user");
        Set(builder, "Password", password, "password");
        Set(builder, "Database", database, "database");
        SetHosts(builder, place[(at + 1)..]);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Cut(pair, pair.IndexOf('=', StringComparison.Ordinal));
            SetParameter(builder, Decoded(name, "query"), value);
        }

        return builder;
    }

    private static void SetHosts(NpgsqlConnectionStringBuilder builder, string hosts)
    {
        const int Highest = 65_535;
        if (hosts.Contains(',', StringComparison.Ordinal))
        {
            Set(builder, "Host", hosts, "host"); // Npgsql reads several hosts with their ports
            return;
        }

        var colon = hosts.LastIndexOf(':');
        var isPort = colon >= 0 && !hosts.EndsWith(']');
        Set(builder, "Host", (isPort ? hosts[..colon] : hosts).Trim('[', ']'), "host");
        if (isPort && hosts.Length > colon + 1)
        {
            builder.Port = int.TryParse(hosts.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= Highest
                ? port
                : throw new FormatException("has a port that is no number between 1 and 65535; a password with /, ?, : or @ must be percent-encoded.");
        }
    }

    private static void SetParameter(NpgsqlConnectionStringBuilder builder, string name, string value)
    {
        var keyword = name switch
        {
            "host" or "hostaddr" => "Host",
            "port" => "Port",
            "user" => "Username",
            "password" => "Password",
            "dbname" => "Database",
            "sslmode" => "SSL Mode",
            "sslrootcert" => "Root Certificate",
            "sslcert" => "SSL Certificate",
            "sslkey" => "SSL Key",
            "channel_binding" => "Channel Binding",
            "connect_timeout" => "Timeout",
            "application_name" => "Application Name",
            "options" => "Options",
            "target_session_attrs" => "Target Session Attributes",
            "pgbouncer" => null, // other clients' way to say that there is a pooler, which is no matter here
            _ => throw new FormatException($"has the parameter {new string([.. name.Where(char.IsAsciiLetterOrDigit).Take(40)])}, which is not known; use Npgsql's keywords instead of a URI."),
        };
        if (keyword is not null)
        {
            Set(builder, keyword, keyword is "SSL Mode" ? value.Replace("-", string.Empty, StringComparison.Ordinal) : value, name);
        }
    }

    private static void Set(NpgsqlConnectionStringBuilder builder, string keyword, string encoded, string what)
    {
        if (encoded.Length == 0)
        {
            return;
        }

        var value = Decoded(encoded, what);
        if (!IsTaken(() => builder[keyword] = value))
        {
            throw new FormatException($"has a {what} that is not understood.");
        }
    }

    private static string Decoded(string encoded, string what)
    {
        for (var i = encoded.IndexOf('%', StringComparison.Ordinal); i >= 0; i = encoded.IndexOf('%', i + 1))
        {
            if (i + 2 >= encoded.Length || !char.IsAsciiHexDigit(encoded[i + 1]) || !char.IsAsciiHexDigit(encoded[i + 2]))
            {
                throw new FormatException($"has a % in its {what} that begins no percent-encoding; write %25.");
            }
        }

        return Uri.UnescapeDataString(encoded);
    }

    private static (string Before, string After) Cut(string text, int at) => at < 0 ? (text, string.Empty) : (text[..at], text[(at + 1)..]);
}

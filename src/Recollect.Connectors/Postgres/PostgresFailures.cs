using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace Recollect.Connectors.Postgres;

/// <summary>Tells the ways in which PostgreSQL fails apart, and says of each what to do; never the connection string.</summary>
/// <param name="connection">How it is connected.</param>
/// <param name="use">What it is used for.</param>
internal sealed class PostgresFailures(NpgsqlConnectionStringBuilder connection, PostgresUse use)
{
    private const string LaterAdvice = "Look at the server's log, and try again later.";

    private string Connection => $"{use.Section}:ConnectionString";

    /// <summary>Gets what the server is called in sentences.</summary>
    public string Server { get; } = string.Create(CultureInfo.InvariantCulture, $"PostgreSQL at {connection.Host}:{connection.Port}");

    /// <summary>Tells whether a failure is the database's, which <see cref="Of"/> describes.</summary>
    public static bool IsKnown(Exception failure) => failure is NpgsqlException or SocketException or IOException or TimeoutException;

    /// <summary>Describes a failure.</summary>
    public RecollectException Of(Exception failure)
    {
        var (finding, advice, isTransient) = failure switch
        {
            PostgresException answer => OfAnswer(answer),
            { InnerException: TimeoutException } or TimeoutException => ("did not answer in time.", $"Look at the server, or raise {use.Section}:CommandTimeout.", true),
            { InnerException: SocketException socket } => OfSocket(socket),
            SocketException socket => OfSocket(socket),
            { InnerException: System.Security.Authentication.AuthenticationException } => ("agrees on no secure connection; its certificate may be wrong.", $"Correct the SSL mode and root certificate in {Connection}.", false),
            NpgsqlException { IsTransient: true } or IOException or { InnerException: IOException } => ("broke the connection.", LaterAdvice, true),
            _ => ("did not accept the connection, or the driver did not understand it.", $"Check {Connection}, and that the user has a password and the SSL mode fits.", false),
        };
        return use.Fail($"{Server} {finding} {advice}", isTransient, failure);
    }

    private (string Finding, string Advice, bool IsTransient) OfSocket(SocketException socket) => socket.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => ("cannot be reached: nothing listens there.", $"Start it, or correct {Connection}.", true),
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => ("cannot be reached: its name is not known.", $"Correct {Connection}.", true),
        SocketError.TimedOut => ("did not answer in time.", $"Check the network, or correct {Connection}.", true),
        _ => ("cannot be reached: no connection was made, or it broke.", $"Check the network, or correct {Connection}.", true),
    };

    private (string Finding, string Advice, bool IsTransient) OfAnswer(PostgresException answer) => answer.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            ($"refused user or password ({answer.SqlState}).", $"Correct {Connection}.", false),
        PostgresErrorCodes.InvalidCatalogName => ($"has no such database ({answer.SqlState}).", $"Correct {Connection}.", false),
        PostgresErrorCodes.InsufficientPrivilege => ($"does not let the user do that: {Shown(answer)} ({answer.SqlState}).", use.RightsAdvice, false),
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName => ($"has no such table: {Shown(answer)} ({answer.SqlState}).", use.NamesAdvice, false),
        PostgresErrorCodes.UndefinedColumn => ($"has no such column: {Shown(answer)} ({answer.SqlState}).", use.NamesAdvice, false),
        PostgresErrorCodes.InvalidTextRepresentation or PostgresErrorCodes.InvalidDatetimeFormat or PostgresErrorCodes.DatetimeFieldOverflow
            or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.DatatypeMismatch =>
            ($"cannot compare a column ({answer.SqlState}).", use.TypesAdvice, false),
        PostgresErrorCodes.QueryCanceled => ($"stopped the query ({answer.SqlState}).", $"Raise the user's statement_timeout. {use.SlowAdvice}", true),
        PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown =>
            ($"takes no connection for now ({answer.SqlState}).", LaterAdvice, true),
        PostgresErrorCodes.DiskFull or PostgresErrorCodes.OutOfMemory => ($"has no room left ({answer.SqlState}).", "Make room on the server, then run again; nothing was written.", false),
        PostgresErrorCodes.ReadOnlySqlTransaction => ($"takes no writes ({answer.SqlState}): it may be a replica.", $"Let {Connection} name the primary.", false),
        _ => ($"failed ({answer.SqlState}).", LaterAdvice, answer.IsTransient),
    };

    /// <summary>The names in the server's sentence, which here come from configuration.</summary>
    private static string Shown(PostgresException answer)
    {
        const int Longest = 160;
        return new([.. answer.MessageText.Where(letter => !char.IsControl(letter)).Take(Longest)]);
    }
}

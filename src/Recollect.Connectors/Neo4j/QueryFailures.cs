using System.Globalization;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Neo4j;

/// <summary>Tells the ways in which a call fails apart, and says of each what to do. Messages of the server are not repeated: they may quote what is stored.</summary>
/// <param name="options">The settings; the address holds no secret.</param>
internal sealed class QueryFailures(Neo4jOptions options)
{
    private const string Section = Neo4jOptions.SectionName;
    private const string NoCode = "(no code)";

    /// <summary>Gets what the server is called in sentences.</summary>
    public string Server { get; } = $"Neo4j at {QueryAddress.Of(options.Uri, options.Database).GetLeftPart(UriPartial.Authority)}";

    /// <summary>Describes an error that the server told.</summary>
    public MemoryStoreException OfCode(string code, TimeSpan? retryAfter) => code switch
    {
        "Neo.ClientError.Security.Unauthorized" or "Neo.ClientError.Security.CredentialsExpired" => Lasting($"{Server} refused user and password ({code}). Check {Section}:User and Password."),
        "Neo.ClientError.Security.AuthenticationRateLimit" => Passing($"{Server} takes no sign-in for now after too many wrong ones ({code}). Check {Section}:Password.", retryAfter),
        "Neo.ClientError.Security.Forbidden" => Lasting($"{Server} does not let \"{options.User}\" do this ({code}). Give the user the role architect, or create the indexes as an administrator."),
        "Neo.ClientError.Database.DatabaseNotFound" or "Neo.ClientError.Database.DatabaseNotAvailable" => OfDatabase(code),
        "Neo.ClientError.Schema.ConstraintValidationFailed" => Passing($"{Server} refused a memory that another process stored at the same moment ({code}). Later runs try again.", retryAfter),
        "Neo.ClientError.Schema.IndexAlreadyExists" or "Neo.ClientError.Schema.IndexWithNameAlreadyExists" => Lasting($"{Server} has another index where one of ours belongs ({code}). Look at SHOW INDEXES, and drop the one on :Memory(source_session) or of the same name."),
        _ when code.Contains("OutOfMemory", StringComparison.Ordinal) => Lasting($"{Server} has too little memory for one transaction ({code}). Raise dbms.memory.transaction.total.max in its settings."),
        _ when code.StartsWith("Neo.TransientError.", StringComparison.Ordinal) || code is "Neo.ClientError.Cluster.NotALeader" => Passing($"{Server} could not do this now ({code}). Later runs try again.", retryAfter),
        NoCode => Lasting($"{Server} reported an error without a code. Look at its log."),
        _ => Lasting($"{Server} refused ({code}). Look at its query log; versions from {ServerVersion.Oldest} on are supported."),
    };

    /// <summary>Describes an answer that is no success and says no more.</summary>
    public MemoryStoreException OfStatus(HttpResponseMessage answer, DateTimeOffset now)
    {
        var status = (int)answer.StatusCode;
        var number = status.ToString(CultureInfo.InvariantCulture);
        return status switch
        {
            401 => Lasting($"{Server} refused user and password (401). Check {Section}:User and Password."),
            403 => Lasting($"{Server} does not let \"{options.User}\" in (403). Check {Section}:User, or a proxy before the server."),
            404 => Lasting($"{Server} has no Query API for the database \"{options.Database}\" (404). It is on from version 5.25; before, set server.http_enabled_modules to hold QUERY_API_ENDPOINTS. Check {Section}:Uri and Database."),
            413 => Lasting($"{Server} takes no request as large as this (413). Raise the limit of the proxy before it."),
            408 or 425 or 429 or >= 500 => Passing($"{Server} failed ({number}). Look at its log; later runs try again.", HttpFailure.RetryAfter(answer, now)),
            >= 300 and < 400 => Lasting($"{Server} redirects ({number}), and the password is sent to no other address. Set {Section}:Uri to the address that it leads to."),
            _ => Lasting($"{Server} refused the call ({number}). Check {Section}:Uri."),
        };
    }

    /// <summary>Describes a web page instead of an answer.</summary>
    public MemoryStoreException OfWebPage() => Lasting($"{Server} answered with a web page. Let {Section}:Uri lead to Neo4j's HTTP port, most often 7474, or 443 with Aura.");

    /// <summary>Describes an answer that ends too early, is too large or no JSON.</summary>
    public MemoryStoreException OfBrokenAnswer(Exception? cause = null) => Passing($"{Server} answered with something cut off or not JSON. Look at its log; if it stays so, check {Section}:Uri.", retryAfter: null, cause);

    /// <summary>Describes JSON of another shape than the API's.</summary>
    public MemoryStoreException OfShape(Exception? cause) => Lasting($"{Server} answered with JSON that is not the Query API's, or a node was changed by another program. Check {Section}:Uri, and that only one program writes :Memory nodes.", cause);

    /// <summary>Describes a call that took too long.</summary>
    public MemoryStoreException OfTimeout(Exception cause) =>
        Passing(string.Create(CultureInfo.InvariantCulture, $"{Server} did not answer whole within {options.Timeout.TotalSeconds} s. Look at its log, or raise {Section}:Timeout."), retryAfter: null, cause);

    /// <summary>Describes a connection that was not made or broke.</summary>
    public MemoryStoreException OfConnection(Exception cause) =>
        Passing($"{Server} cannot be reached: {HttpFailure.ReasonOf(cause)}. Start it, or correct {Section}:Uri.", retryAfter: null, cause);

    private MemoryStoreException OfDatabase(string code) => Lasting(
        $"{Server} has no database \"{options.Database}\" ({code}). Set {Section}:Database to one that SHOW DATABASES lists; the Community edition and AuraDB Free have one only, most often \"neo4j\".");

    private static MemoryStoreException Lasting(string message, Exception? cause = null) => new(message, isTransient: false, cause);

    private static MemoryStoreException Passing(string message, TimeSpan? retryAfter, Exception? cause = null) =>
        new(message, isTransient: true, cause) { RetryAfter = retryAfter };
}

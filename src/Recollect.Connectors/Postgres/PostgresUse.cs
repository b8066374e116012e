namespace Recollect.Connectors.Postgres;

/// <summary>What differs between the parts of Recollect that talk to PostgreSQL.</summary>
internal sealed record PostgresUse
{
    /// <summary>Gets the section in configuration that says how to connect.</summary>
    public required string Section { get; init; }

    /// <summary>Gets what makes the seam's own exception of a message, whether trying again may help, and a cause.</summary>
    public required Func<string, bool, Exception?, RecollectException> Fail { get; init; }

    /// <summary>Gets what to do where the user has not enough rights, as a sentence.</summary>
    public required string RightsAdvice { get; init; }

    /// <summary>Gets what to do where a table or column is missing, as a sentence.</summary>
    public required string NamesAdvice { get; init; }

    /// <summary>Gets what to do where types do not fit, as a sentence.</summary>
    public string TypesAdvice { get; init; } = "Look at the server's log.";

    /// <summary>Gets what else helps where a query took too long, as a sentence.</summary>
    public string SlowAdvice { get; init; } = "Look for locks that others hold.";
}

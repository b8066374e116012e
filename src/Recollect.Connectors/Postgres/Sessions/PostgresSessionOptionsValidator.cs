using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Recollect.Sessions;

namespace Recollect.Connectors.Postgres.Sessions;

/// <summary>Says everything that is wrong with <see cref="PostgresSessionOptions"/> at once. The connection is needed only when the session store is in use.</summary>
/// <param name="configuration">Says which session store is in use.</param>
internal sealed class PostgresSessionOptionsValidator(IConfiguration configuration) : IValidateOptions<PostgresSessionOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PostgresSessionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var isInUse = string.Equals(configuration[$"{SessionOptions.SectionName}:{nameof(SessionOptions.Store)}"], PostgresSessionStore.StoreName, StringComparison.Ordinal);
        string[] errors = [.. PostgresSettings.Check(PostgresSessionOptions.SectionName, isInUse, options.ConnectionString, options.CommandTimeout)];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Recollect.State;

namespace Recollect.Connectors.Postgres.State;

/// <summary>Says everything that is wrong with <see cref="PostgresStateOptions"/> at once. The connection is needed only when the state store is in use.</summary>
/// <param name="configuration">Says which state store is in use.</param>
internal sealed class PostgresStateOptionsValidator(IConfiguration configuration) : IValidateOptions<PostgresStateOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PostgresStateOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var isInUse = string.Equals(configuration[$"{StateOptions.SectionName}:{nameof(StateOptions.Use)}"], PostgresStateStore.StoreName, StringComparison.Ordinal);
        string[] errors = [.. PostgresSettings.Check(PostgresStateOptions.SectionName, isInUse, options.ConnectionString, options.CommandTimeout)];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Recollect.Ingest.Sources;

namespace Recollect.Connectors.Postgres;

/// <summary>Says everything that is wrong with <see cref="PostgresOptions"/> at once. The connection is needed only when the source is in use.</summary>
/// <param name="configuration">Says which source is in use.</param>
internal sealed class PostgresOptionsValidator(IConfiguration configuration) : IValidateOptions<PostgresOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PostgresOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var isInUse = string.Equals(configuration[$"{SourceOptions.SectionName}:{nameof(SourceOptions.Use)}"], PostgresSource.SourceName, StringComparison.Ordinal);
        string[] errors = [.. PostgresSettings.Check(PostgresOptions.SectionName, isInUse, options.ConnectionString, options.CommandTimeout)];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}

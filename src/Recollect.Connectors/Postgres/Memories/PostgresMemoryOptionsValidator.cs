using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Postgres.Memories;

/// <summary>Says everything that is wrong with <see cref="PostgresMemoryOptions"/> at once. The connection is needed only when the store is in use.</summary>
/// <param name="configuration">Says which store is in use.</param>
internal sealed class PostgresMemoryOptionsValidator(IConfiguration configuration) : IValidateOptions<PostgresMemoryOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PostgresMemoryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var isInUse = string.Equals(configuration[$"{StoreOptions.SectionName}:{nameof(StoreOptions.Use)}"], PostgresMemoryStore.StoreName, StringComparison.Ordinal);
        string[] errors = [.. PostgresSettings.Check(PostgresMemoryOptions.SectionName, isInUse, options.ConnectionString, options.CommandTimeout)];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}

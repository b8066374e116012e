using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Postgres.Memories;

/// <summary>Says everything that is wrong with <see cref="PostgresMemoryOptions"/> at once, where the store is in use.</summary>
/// <param name="configuration">Says which store is in use.</param>
internal sealed class PostgresMemoryOptionsValidator(IConfiguration configuration) : IValidateOptions<PostgresMemoryOptions>
{
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PostgresMemoryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!string.Equals(configuration[$"{StoreOptions.SectionName}:{nameof(StoreOptions.Use)}"], PostgresMemoryStore.StoreName, StringComparison.Ordinal))
        {
            return ValidateOptionsResult.Skip;
        }

        List<string> errors = [];
        if (ConnectionText.WhatIsWrongWith(options.ConnectionString) is { } wrong)
        {
            errors.Add($"{PostgresMemoryOptions.SectionName}:{nameof(PostgresMemoryOptions.ConnectionString)} {wrong}");
        }

        if (options.CommandTimeout < ShortestTimeout || options.CommandTimeout > LongestTimeout)
        {
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"{PostgresMemoryOptions.SectionName}:{nameof(PostgresMemoryOptions.CommandTimeout)} is {options.CommandTimeout}; it must be between {ShortestTimeout} and {LongestTimeout}."));
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}

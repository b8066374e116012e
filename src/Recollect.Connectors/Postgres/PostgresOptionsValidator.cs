using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Recollect.Ingest.Sources;

namespace Recollect.Connectors.Postgres;

/// <summary>Says everything that is wrong with <see cref="PostgresOptions"/> at once. The connection is needed only when the source is in use.</summary>
/// <param name="configuration">Says which source is in use.</param>
internal sealed class PostgresOptionsValidator(IConfiguration configuration) : IValidateOptions<PostgresOptions>
{
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PostgresOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> errors = [];
        if (string.Equals(configuration[$"{SourceOptions.SectionName}:{nameof(SourceOptions.Use)}"], PostgresSource.SourceName, StringComparison.Ordinal)
            && ConnectionText.WhatIsWrongWith(options.ConnectionString) is { } wrong)
        {
            errors.Add($"{PostgresOptions.SectionName}:{nameof(PostgresOptions.ConnectionString)} {wrong}");
        }

        if (options.CommandTimeout < ShortestTimeout || options.CommandTimeout > LongestTimeout)
        {
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"{PostgresOptions.SectionName}:{nameof(PostgresOptions.CommandTimeout)} is {options.CommandTimeout}; it must be between {ShortestTimeout} and {LongestTimeout}."));
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Neo4j;

/// <summary>Says everything that is wrong with <see cref="Neo4jOptions"/> at once, where the store is in use.</summary>
/// <param name="configuration">Says which store is in use.</param>
internal sealed class Neo4jOptionsValidator(IConfiguration configuration) : IValidateOptions<Neo4jOptions>
{
    private const int MostDimensions = 4096;
    private const int MostCalls = 256;

    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, Neo4jOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!string.Equals(configuration[$"{StoreOptions.SectionName}:{nameof(StoreOptions.Use)}"], Neo4jMemoryStore.StoreName, StringComparison.Ordinal))
        {
            return ValidateOptionsResult.Skip;
        }

        var errors = new SettingErrors(Neo4jOptions.SectionName);
        errors.AddIfWrong(nameof(Neo4jOptions.Uri), QueryAddress.WhatIsWrongWith(options.Uri));
        errors.AddIfWrong(nameof(Neo4jOptions.User), options.User.Length == 0 || options.User.Any(char.IsControl) || options.User.Contains(':', StringComparison.Ordinal) ? "must be a user's name, which has no colon." : null);
        errors.AddIfWrong(nameof(Neo4jOptions.Password), options.Password.Length == 0 ? "is empty; it is the password of the database user." : options.Password.Any(char.IsControl) ? "holds a line break or another control character; check where it was copied from." : null);
        errors.AddIfWrong(nameof(Neo4jOptions.Database), Names.WhatIsWrongWithDatabase(options.Database));
        errors.AddIfWrong(nameof(Neo4jOptions.IndexName), Names.WhatIsWrongWithIndex(options.IndexName));
        errors.AddIfWrong(nameof(Neo4jOptions.SessionSource), string.IsNullOrWhiteSpace(options.SessionSource) ? "is empty; it is the Sources:Name whose conversation ids stand in source_session." : null);
        errors.AddIfOutside(nameof(Neo4jOptions.Dimensions), options.Dimensions, 1, MostDimensions);
        errors.AddIfOutside(nameof(Neo4jOptions.Timeout), options.Timeout, ShortestTimeout, LongestTimeout);
        errors.AddIfOutside(nameof(Neo4jOptions.Concurrency), options.Concurrency, 1, MostCalls);
        return errors.Result;
    }
}

using System.Globalization;
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

        List<string> errors = [];
        AddIfWrong(errors, nameof(Neo4jOptions.Uri), QueryAddress.WhatIsWrongWith(options.Uri));
        AddIfWrong(errors, nameof(Neo4jOptions.User), options.User.Length == 0 || options.User.Any(char.IsControl) || options.User.Contains(':', StringComparison.Ordinal) ? "must be a user's name, which has no colon." : null);
        AddIfWrong(errors, nameof(Neo4jOptions.Password), options.Password.Length == 0 ? "is empty; it is the password of the database user." : options.Password.Any(char.IsControl) ? "holds a line break or another control character; check where it was copied from." : null);
        AddIfWrong(errors, nameof(Neo4jOptions.Database), Names.WhatIsWrongWithDatabase(options.Database));
        AddIfWrong(errors, nameof(Neo4jOptions.IndexName), Names.WhatIsWrongWithIndex(options.IndexName));
        AddIfWrong(errors, nameof(Neo4jOptions.SessionSource), string.IsNullOrWhiteSpace(options.SessionSource) ? "is empty; it is the Sources:Name whose conversation ids stand in source_session." : null);
        AddIfOutside(errors, nameof(Neo4jOptions.Dimensions), options.Dimensions, 1, MostDimensions);
        AddIfOutside(errors, nameof(Neo4jOptions.Timeout), options.Timeout, ShortestTimeout, LongestTimeout);
        AddIfOutside(errors, nameof(Neo4jOptions.Concurrency), options.Concurrency, 1, MostCalls);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void AddIfWrong(List<string> errors, string setting, string? wrong)
    {
        if (wrong is not null)
        {
            errors.Add($"{Neo4jOptions.SectionName}:{setting} {wrong}");
        }
    }

    private static void AddIfOutside<T>(List<string> errors, string setting, T value, T least, T most)
        where T : IComparable<T>, IFormattable =>
        AddIfWrong(errors, setting, value.CompareTo(least) < 0 || value.CompareTo(most) > 0
            ? string.Create(CultureInfo.InvariantCulture, $"is {value}; it must be between {least} and {most}.")
            : null);
}

using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Recollect.Server.Reference;

/// <summary>Reads the query of a reference route. Fields that nothing reads are passed over, as its callers are used to.</summary>
internal sealed class ReferenceFields(HttpRequest request)
{
    private const string Query = "query";
    private const int All = -1;

    /// <summary>Reads how many at the most; null for all.</summary>
    /// <exception cref="InvalidInputException">It is no whole number, or below -1.</exception>
    public int? Limit(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit))
        {
            throw new InvalidInputException(Query, name, "Input should be a valid integer", "int_parsing");
        }

        return limit switch
        {
            All => null,
            >= 0 => limit,
            _ => throw new InvalidInputException(Query, name, "Input should be greater than or equal to -1", "greater_than_equal"),
        };
    }

    /// <summary>Reads a switch.</summary>
    /// <exception cref="InvalidInputException">It is neither on nor off.</exception>
    public bool Flag(string name, bool unlessGiven) => Text(name)?.ToLowerInvariant() switch
    {
        null => unlessGiven,
        "true" or "1" or "yes" or "on" or "t" or "y" => true,
        "false" or "0" or "no" or "off" or "f" or "n" => false,
        _ => throw new InvalidInputException(Query, name, "Input should be a valid boolean", "bool_parsing"),
    };

    private string? Text(string name) => request.Query.TryGetValue(name, out var values) ? values[^1] : null;
}

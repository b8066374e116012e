using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Recollect.Cli.Commands;

/// <summary>Reads numbers of options and says what they may be.</summary>
internal static class NumberParser
{
    /// <summary>Reads a number; an error is added to the result when it is none or out of range.</summary>
    /// <typeparam name="TNumber">The type; an integer takes whole numbers only.</typeparam>
    /// <param name="result">The option's value.</param>
    /// <param name="least">The smallest number.</param>
    /// <param name="most">The largest number.</param>
    public static TNumber Parse<TNumber>(ArgumentResult result, TNumber least, TNumber most)
        where TNumber : struct, INumber<TNumber>, IMinMaxValue<TNumber>
    {
        var text = result.Tokens is [var token] ? token.Value : string.Empty;
        if (TNumber.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        var range = most == TNumber.MaxValue ? $"of at least {least}" : $"between {least} and {most}";
        result.AddError($"{((OptionResult)result.Parent!).Option.Name} must be a number {range}, not \"{text}\".");
        return least;
    }
}

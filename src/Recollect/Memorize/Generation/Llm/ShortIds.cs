using System.Globalization;

namespace Recollect.Memorize.Generation.Llm;

/// <summary>The names by which the model sees messages: m1, m2, …; small models cite them better than ids of a source.</summary>
internal static class ShortIds
{
    /// <summary>Gets the short id of a message.</summary>
    /// <param name="position">Its position in the conversation, from 0.</param>
    public static string Of(int position) => string.Create(CultureInfo.InvariantCulture, $"m{position + 1}");

    /// <summary>Finds the message that a model means: <c>m3</c>, and what models make of it: <c>M3</c>, <c>[m3]</c>, <c>3</c>.</summary>
    /// <param name="cited">What the model wrote.</param>
    /// <returns>The position from 0, of a message that need not exist; null where it names none.</returns>
    public static int? PositionOf(string cited)
    {
        var digits = cited.AsSpan().Trim(" []#").TrimStart("mM");
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number - 1 : null;
    }
}

using System.Globalization;
using Microsoft.Extensions.Options;

namespace Recollect;

/// <summary>Collects everything that is wrong with the settings of one section, each named as people write it.</summary>
/// <param name="section">The section, such as <c>Stores:Neo4j</c>.</param>
internal sealed class SettingErrors(string section)
{
    private readonly List<string> _errors = [];

    /// <summary>Gets what a validator answers.</summary>
    public ValidateOptionsResult Result => _errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_errors);

    /// <summary>Adds what is wrong with a setting.</summary>
    /// <param name="setting">Its name within the section.</param>
    /// <param name="wrong">What is wrong, as the rest of a sentence; null when nothing is.</param>
    public void AddIfWrong(string setting, string? wrong)
    {
        if (wrong is not null)
        {
            _errors.Add($"{section}:{setting} {wrong}");
        }
    }

    /// <summary>Adds a setting that is out of its range.</summary>
    /// <param name="setting">Its name within the section.</param>
    /// <param name="value">Its value.</param>
    /// <param name="least">The least that it may be.</param>
    /// <param name="most">The most that it may be.</param>
    public void AddIfOutside<T>(string setting, T value, T least, T most)
        where T : IComparable<T>, IFormattable =>
        AddIfWrong(setting, value.CompareTo(least) < 0 || value.CompareTo(most) > 0
            ? string.Create(CultureInfo.InvariantCulture, $"is {value}; it must be between {least} and {most}.")
            : null);
}

using System.ComponentModel;
using System.Globalization;
using Recollect.Text;

namespace Recollect.Cli.Settings;

/// <summary>Reads durations of settings as people write them: 90s, 30m, 24h, 7d, or hours:minutes:seconds. A bare number has no unit and is refused.</summary>
internal sealed class DurationConverter : TimeSpanConverter
{
    /// <summary>Lets all settings of this process be read by it.</summary>
    public static void Register() => TypeDescriptor.AddAttributes(typeof(TimeSpan), new TypeConverterAttribute(typeof(DurationConverter)));

    /// <inheritdoc/>
    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value is not string text ? base.ConvertFrom(context, culture, value)
        : DurationText.TryParse(text.Trim(), out var duration) ? duration
        : throw new FormatException($"\"{text}\" is no duration; write 90s, 30m, 24h, 7d or 01:30:00.");
}

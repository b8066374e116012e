using System.Globalization;
using Recollect.Text;

namespace Recollect.Work;

/// <summary>Which conversations a trigger puts on the queue.</summary>
public sealed class TriggerOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Trigger";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(3_650);

    /// <summary>Gets or sets how long a conversation must have been quiet, by its moment of change.</summary>
    /// <value>A duration (<c>2h</c>, <c>90m</c>, <c>01:30:00</c>), or a number of hours (<c>2</c>, <c>0.5</c>); from 0 to ten years. The default is <c>2h</c>.</value>
    public string InactivityThreshold { get; set; } = "2h";

    /// <summary>Reads <see cref="InactivityThreshold"/>; null when it is none.</summary>
    internal static TimeSpan? Read(string? text)
    {
        var trimmed = text?.Trim() ?? string.Empty;
        TimeSpan? duration = double.TryParse(trimmed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hours)
            ? hours <= Longest.TotalHours ? TimeSpan.FromHours(hours) : null
            : DurationText.TryParse(trimmed, out var read) ? read : null;
        return duration >= TimeSpan.Zero && duration <= Longest ? duration : null;
    }
}

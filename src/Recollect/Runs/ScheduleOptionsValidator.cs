using Microsoft.Extensions.Options;

namespace Recollect.Runs;

/// <summary>Checks at start that the time zone is known and the time has no seconds.</summary>
internal sealed class ScheduleOptionsValidator : IValidateOptions<ScheduleOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ScheduleOptions options)
    {
        var failures = new List<string>();
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(options.Zone, out _))
        {
            failures.Add($"Schedule:Zone is \"{options.Zone}\"; it must be a time zone that this machine knows, such as \"America/Chicago\" or \"UTC\". If the name is right, install the package tzdata.");
        }

        if (options.At.Ticks % TimeSpan.TicksPerMinute != 0)
        {
            failures.Add($"Schedule:At is \"{options.At:O}\"; it must be hours and minutes, such as \"03:00\".");
        }

        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }
}

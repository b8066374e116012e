using Microsoft.Extensions.Options;

namespace Recollect.Work;

/// <summary>Lets no threshold through that is no duration.</summary>
internal sealed class TriggerOptionsValidator : IValidateOptions<TriggerOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, TriggerOptions options) => TriggerOptions.Read(options.InactivityThreshold) is null
        ? ValidateOptionsResult.Fail($"{TriggerOptions.SectionName}:{nameof(TriggerOptions.InactivityThreshold)} is \"{options.InactivityThreshold}\"; write a duration such as 2h or 90m, or a number of hours, up to ten years.")
        : ValidateOptionsResult.Success;
}

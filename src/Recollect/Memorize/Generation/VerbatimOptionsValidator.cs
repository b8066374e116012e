using Microsoft.Extensions.Options;

namespace Recollect.Memorize.Generation;

/// <summary>Lets no blank word through, which every conversation would hold.</summary>
internal sealed class VerbatimOptionsValidator : IValidateOptions<VerbatimOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, VerbatimOptions options) =>
        options.Tags.Any(string.IsNullOrWhiteSpace)
            ? ValidateOptionsResult.Fail($"{VerbatimOptions.SectionName}:Tags holds an empty word.")
            : ValidateOptionsResult.Success;
}

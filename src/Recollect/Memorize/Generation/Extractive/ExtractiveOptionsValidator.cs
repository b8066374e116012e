using Microsoft.Extensions.Options;

namespace Recollect.Memorize.Generation.Extractive;

/// <summary>Checks the ranges at start.</summary>
[OptionsValidator]
internal sealed partial class ExtractiveOptionsValidator : IValidateOptions<ExtractiveOptions>;

using Microsoft.Extensions.Options;

namespace Recollect.Memorize.Generation.Llm;

/// <summary>Checks the ranges at start.</summary>
[OptionsValidator]
internal sealed partial class LlmOptionsValidator : IValidateOptions<LlmOptions>;

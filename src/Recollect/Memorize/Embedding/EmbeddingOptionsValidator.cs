using Microsoft.Extensions.Options;

namespace Recollect.Memorize.Embedding;

/// <summary>Checks the ranges at start.</summary>
[OptionsValidator]
internal sealed partial class EmbeddingOptionsValidator : IValidateOptions<EmbeddingOptions>;

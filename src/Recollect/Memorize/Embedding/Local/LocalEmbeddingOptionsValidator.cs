using Microsoft.Extensions.Options;

namespace Recollect.Memorize.Embedding.Local;

/// <summary>Checks the ranges at start.</summary>
[OptionsValidator]
internal sealed partial class LocalEmbeddingOptionsValidator : IValidateOptions<LocalEmbeddingOptions>;

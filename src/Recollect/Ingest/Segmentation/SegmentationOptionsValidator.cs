using Microsoft.Extensions.Options;

namespace Recollect.Ingest.Segmentation;

/// <summary>Checks the ranges at start.</summary>
[OptionsValidator]
internal sealed partial class SegmentationOptionsValidator : IValidateOptions<SegmentationOptions>;

using Microsoft.Extensions.Options;

namespace Recollect.Runs;

/// <summary>Checks the ranges at start.</summary>
[OptionsValidator]
internal sealed partial class RunOptionsValidator : IValidateOptions<RunOptions>;

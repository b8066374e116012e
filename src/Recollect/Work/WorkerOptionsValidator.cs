using Microsoft.Extensions.Options;

namespace Recollect.Work;

/// <summary>Checks the ranges at start.</summary>
[OptionsValidator]
internal sealed partial class WorkerOptionsValidator : IValidateOptions<WorkerOptions>;

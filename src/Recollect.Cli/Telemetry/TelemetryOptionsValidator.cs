using Microsoft.Extensions.Options;

namespace Recollect.Cli.Telemetry;

/// <summary>Checks the ranges at start.</summary>
[OptionsValidator]
internal sealed partial class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>;

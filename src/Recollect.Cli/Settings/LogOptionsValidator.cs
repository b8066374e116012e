using Microsoft.Extensions.Options;

namespace Recollect.Cli.Settings;

/// <summary>Checks the ranges at start.</summary>
[OptionsValidator]
internal sealed partial class LogOptionsValidator : IValidateOptions<LogOptions>;

using Microsoft.Extensions.Options;

namespace Recollect.Server.Settings;

/// <summary>Checks the ranges at start.</summary>
[OptionsValidator]
internal sealed partial class ServerOptionsValidator : IValidateOptions<ServerOptions>;

using Microsoft.Extensions.Options;

namespace Recollect.Bots;

/// <summary>Checks <see cref="BotOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class BotOptionsValidator : IValidateOptions<BotOptions>;

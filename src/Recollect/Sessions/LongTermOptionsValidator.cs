using Microsoft.Extensions.Options;

namespace Recollect.Sessions;

/// <summary>Checks ranges at start.</summary>
[OptionsValidator]
internal sealed partial class LongTermOptionsValidator : IValidateOptions<LongTermOptions>;

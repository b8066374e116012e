using Microsoft.Extensions.Options;

namespace Recollect;

/// <summary>Checks at start that there is a folder.</summary>
[OptionsValidator]
internal sealed partial class DataOptionsValidator : IValidateOptions<DataOptions>;

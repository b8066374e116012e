using Microsoft.Extensions.Options;

namespace Recollect.Backups;

/// <summary>Checks ranges at start.</summary>
[OptionsValidator]
internal sealed partial class BackupOptionsValidator : IValidateOptions<BackupOptions>;

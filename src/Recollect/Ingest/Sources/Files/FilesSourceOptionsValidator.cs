using System.Globalization;
using Microsoft.Extensions.Options;

namespace Recollect.Ingest.Sources.Files;

/// <summary>Says everything that is wrong with <see cref="FilesSourceOptions"/> at once. That paths are given is checked when they are read.</summary>
internal sealed class FilesSourceOptionsValidator : IValidateOptions<FilesSourceOptions>
{
    private const int SmallestLine = 1024;
    private const int LargestLine = 512 * 1024 * 1024;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, FilesSourceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> errors = [];
        if (options.Paths.Any(string.IsNullOrWhiteSpace))
        {
            errors.Add($"{FilesSourceOptions.SectionName}:Paths holds an empty path.");
        }

        if (options.MaxLineBytes is < SmallestLine or > LargestLine)
        {
            errors.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{FilesSourceOptions.SectionName}:MaxLineBytes is {options.MaxLineBytes}; it must be between {SmallestLine} and {LargestLine}."));
        }

        AddIfBlank(errors, nameof(FilesSourceOptions.User), options.User);
        AddIfBlank(errors, nameof(FilesSourceOptions.Tenant), options.Tenant);
        AddIfBlank(errors, nameof(FilesSourceOptions.Scope), options.Scope);
        if (string.IsNullOrWhiteSpace(options.TimeZone) || !TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _))
        {
            errors.Add($"{FilesSourceOptions.SectionName}:TimeZone is \"{options.TimeZone}\"; expected an IANA name such as Europe/Berlin.");
        }

        if (!Enum.IsDefined(options.WhatsAppDateOrder))
        {
            errors.Add($"{FilesSourceOptions.SectionName}:WhatsAppDateOrder is \"{options.WhatsAppDateOrder}\"; known: auto, dmy, mdy.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void AddIfBlank(List<string> errors, string setting, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            errors.Add($"{FilesSourceOptions.SectionName}:{setting} is empty.");
        }
    }
}

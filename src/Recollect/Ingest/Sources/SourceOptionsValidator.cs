using Microsoft.Extensions.Options;

namespace Recollect.Ingest.Sources;

/// <summary>Lets no path become part of an id: the same chats under another folder would be other conversations.</summary>
internal sealed class SourceOptionsValidator : IValidateOptions<SourceOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SourceOptions options) =>
        string.IsNullOrWhiteSpace(options.Name) || options.Name.AsSpan().ContainsAny('/', '\\')
            ? ValidateOptionsResult.Fail($"Sources:Name is \"{options.Name}\"; it must be a plain name such as \"files\", never a path, because it becomes part of every id.")
            : ValidateOptionsResult.Success;
}

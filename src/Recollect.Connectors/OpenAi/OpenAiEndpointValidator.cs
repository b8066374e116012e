using Microsoft.Extensions.Options;
using Recollect.Memorize.Embedding;

namespace Recollect.Connectors.OpenAi;

/// <summary>Checks settings at start where the embedder is in use: ranges, an address, and a key that a header can carry.</summary>
/// <param name="embedding">Says which embedder is in use.</param>
internal sealed class OpenAiEndpointValidator(IOptions<EmbeddingOptions> embedding) : IValidateOptions<OpenAiEmbeddingOptions>
{
    private readonly OpenAiEmbeddingOptionsValidator _ranges = new();

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, OpenAiEmbeddingOptions options)
    {
        if (!string.Equals(embedding.Value.Use, OpenAiEmbeddingOptions.EmbedderName, StringComparison.Ordinal))
        {
            return ValidateOptionsResult.Skip;
        }

        List<string> failures = [.. _ranges.Validate(name, options).Failures ?? []];
        if (WhatIsWrongWithEndpoint(options.Endpoint) is { } wrong)
        {
            failures.Add($"{OpenAiEmbeddingOptions.SectionName}:Endpoint {wrong}; expected a base address such as https://api.openai.com/v1 or http://localhost:11434/v1.");
        }

        if (options.ApiKey.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            failures.Add($"{OpenAiEmbeddingOptions.SectionName}:ApiKey holds a space, line break or other character that no key has; check where it was copied from.");
        }

        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }

    /// <summary>Never repeats the address: a wrong one may hold a password.</summary>
    private static string? WhatIsWrongWithEndpoint(string endpoint) =>
        string.IsNullOrWhiteSpace(endpoint) ? "is empty"
            : !Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") ? "is no http or https address"
            : address.UserInfo.Length > 0 ? "holds a user or password, which belongs into ApiKey"
            : address.Fragment.Length > 0 ? "holds a fragment"
            : null;
}

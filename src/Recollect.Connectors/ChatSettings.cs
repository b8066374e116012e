using Microsoft.Extensions.Options;
using Recollect.Memorize.Generation;
using Recollect.Memorize.Generation.Llm;

namespace Recollect.Connectors;

/// <summary>Checks what the settings of all model clients have in common.</summary>
internal static class ChatSettings
{
    /// <summary>Tells whether the writer in use is a model behind this client.</summary>
    public static bool AreUsed(IOptions<GenerationOptions> generation, IOptions<LlmOptions> llm, string client) =>
        string.Equals(generation.Value.Use, LlmWriter.WriterName, StringComparison.Ordinal) && string.Equals(llm.Value.Client, client, StringComparison.Ordinal);

    /// <summary>Checks address and key.</summary>
    /// <param name="section">The section of the settings.</param>
    /// <param name="endpoint">The base address.</param>
    /// <param name="key">The key.</param>
    /// <param name="example">A right address.</param>
    /// <param name="ranges">What was found before.</param>
    public static ValidateOptionsResult Check(string section, string endpoint, string key, string example, ValidateOptionsResult ranges)
    {
        List<string> failures = [.. ranges.Failures ?? []];
        if (ChatEndpoint.WhatIsWrongWith(endpoint) is { } wrong)
        {
            failures.Add($"{section}:Endpoint {wrong}; expected a base address such as {example}.");
        }

        if (key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            failures.Add($"{section}:ApiKey holds a space, line break or other character that no key has; check where it was copied from.");
        }

        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }
}

using Microsoft.Extensions.Options;

namespace Recollect.Cli.Telemetry;

/// <summary>Checks address and headers at start. What is wrong is not repeated: it may hold a key.</summary>
internal sealed class CollectorValidator : IValidateOptions<TelemetryOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var result = new ValidateOptionsResultBuilder();
        if (options.OtlpEndpoint is { Length: > 0 } endpoint && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            result.AddError($"{TelemetryOptions.SectionName}:{nameof(TelemetryOptions.OtlpEndpoint)} must be an http or https address, such as http://127.0.0.1:4318.");
        }

        if (options.Headers is { Length: > 0 } headers && !headers.Split(',').All(static header => header.IndexOf('=', StringComparison.Ordinal) > 0))
        {
            result.AddError($"{TelemetryOptions.SectionName}:{nameof(TelemetryOptions.Headers)} must be NAME=VALUE, and several of them parted by commas.");
        }

        return result.Build();
    }
}

using Microsoft.Extensions.Options;

namespace Recollect.Server.Settings;

/// <summary>Checks at start that <see cref="ServerOptions.Urls"/> names addresses that may be listened on.</summary>
internal sealed class ListenAddressValidator : IValidateOptions<ServerOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        try
        {
            ListenAddress.ParseAll(options.Urls, options.Agents.Count > 0);
            return ValidateOptionsResult.Success;
        }
        catch (FormatException ex)
        {
            return ValidateOptionsResult.Fail(ex.Message);
        }
    }
}

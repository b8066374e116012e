using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Recollect.Cli.Settings;

/// <summary>Checks all settings at start, and names those that are wrong as people write them.</summary>
internal static partial class SettingsCheck
{
    /// <exception cref="ConfigurationException">A setting is not of its type, or out of its range.</exception>
    public static void Run(IServiceProvider services) =>
        Named(() =>
        {
            services.GetService<IStartupValidator>()?.Validate();
            return true;
        });

    /// <summary>Does what needs settings.</summary>
    /// <exception cref="ConfigurationException">A setting that it needs is not of its type, or out of its range.</exception>
    public static TResult Named<TResult>(Func<TResult> work)
    {
        try
        {
            return work();
        }
        catch (OptionsValidationException ex)
        {
            throw new ConfigurationException(Describe(ex));
        }
        catch (AggregateException ex) // several sections are wrong
        {
            throw new ConfigurationException(string.Join(' ', ex.InnerExceptions.Select(inner => inner is OptionsValidationException wrong ? Describe(wrong) : inner.Message)));
        }
        catch (InvalidOperationException ex) when (ex.InnerException is not null) // how the binder says that a value is not of its type
        {
            throw new ConfigurationException($"{ex.Message} \"recollect init\" writes a file that shows how settings are written.");
        }
    }

    private static string Describe(OptionsValidationException wrong)
    {
        var section = wrong.OptionsType.GetField("SectionName")?.GetRawConstantValue();
        return string.Join(' ', wrong.Failures.Select(failure => RangeFailure().Replace(failure, $"{section}:${{name}} ")));
    }

    // "Window: The field SegmentationOptions.Window must be …" and "Root: The DataOptions.Root field is …" of the attributes.
    [GeneratedRegex(@"^(?<name>\w+): The (field )?\w+\.\w+ (field )?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RangeFailure();
}

using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace Recollect.Cli.Telemetry;

/// <summary>Sends traces and metrics to a collector, where the settings name one; what is not sent when the services end is sent then.</summary>
/// <remarks>Nothing of it is loaded where there is no collector. A collector that is away loses what was meant for it, and nothing else comes of it.</remarks>
internal sealed class TelemetryExport(IOptions<TelemetryOptions> options) : IAsyncDisposable
{
    private OtlpExporters? _exporters;

    /// <summary>Begins to send.</summary>
    public void Begin()
    {
        if (_exporters is null && options.Value.OtlpEndpoint.Length > 0)
        {
            _exporters = Open(options.Value);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _exporters?.DisposeAsync() ?? ValueTask.CompletedTask;

    [MethodImpl(MethodImplOptions.NoInlining)] // its assemblies are loaded when it is called
    private static OtlpExporters Open(TelemetryOptions options) => new(options);
}

using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Recollect.Telemetry;

namespace Recollect.Cli.Telemetry;

/// <summary>The exporters of OpenTelemetry. They send on threads of their own, hold a bounded number of spans, and drop what is too much.</summary>
internal sealed class OtlpExporters : IAsyncDisposable
{
    private const int LongestFlush = 3_000; // ms; within what a program has left after a signal

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    /// <summary>Initializes a new instance of the <see cref="OtlpExporters"/> class, which sends from now on.</summary>
    /// <param name="options">The settings, with an address.</param>
    public OtlpExporters(TelemetryOptions options)
    {
        var resource = ResourceBuilder.CreateDefault().AddService(options.ServiceName, serviceVersion: typeof(OtlpExporters).Assembly.GetName().Version?.ToString(3));
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(TelemetryNames.Source).AddOtlpExporter(otlp => Aim(otlp, options, "v1/traces")).Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(TelemetryNames.Source).AddOtlpExporter(otlp => Aim(otlp, options, "v1/metrics")).Build();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var isTraced = Task.Run(() => _traces.Shutdown(LongestFlush));
        var isMeasured = Task.Run(() => _metrics.Shutdown(LongestFlush));
        if (await isTraced)
        {
            _traces.Dispose();
        }

        if (await isMeasured) // else its thread is still at work, and ends with the process
        {
            _metrics.Dispose();
        }
    }

    private static void Aim(OtlpExporterOptions otlp, TelemetryOptions options, string path)
    {
        otlp.Protocol = options.Protocol is OtlpProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        otlp.Endpoint = new(options.Protocol is OtlpProtocol.Grpc ? options.OtlpEndpoint : $"{options.OtlpEndpoint.TrimEnd('/')}/{path}");
        if (options.Headers.Length > 0)
        {
            otlp.Headers = options.Headers;
        }
    }
}

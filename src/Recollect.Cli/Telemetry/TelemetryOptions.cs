using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Recollect.Cli.Telemetry;

/// <summary>Where traces and metrics are sent.</summary>
internal sealed class TelemetryOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Telemetry";

    /// <summary>Gets or sets the address of an OpenTelemetry collector, without the paths of the signals.</summary>
    /// <value>An http or https address. The default is empty: what OTEL_EXPORTER_OTLP_ENDPOINT names, and nothing is sent where it names nothing.</value>
    [Required(AllowEmptyStrings = true)]
    public string OtlpEndpoint { get; set; } = string.Empty;

    /// <summary>Gets or sets how the collector is spoken to.</summary>
    /// <value>The default is <see cref="OtlpProtocol.HttpProtobuf"/>. With an address of the environment, OTEL_EXPORTER_OTLP_PROTOCOL counts instead.</value>
    [EnumDataType(typeof(OtlpProtocol))]
    public OtlpProtocol Protocol { get; set; }

    /// <summary>Gets or sets headers that are sent along, which may be secret.</summary>
    /// <value><c>NAME=VALUE,NAME=VALUE</c>, values percent-encoded. The default is empty: what OTEL_EXPORTER_OTLP_HEADERS names.</value>
    [Required(AllowEmptyStrings = true)]
    public string Headers { get; set; } = string.Empty;

    /// <summary>Gets or sets the name that the collector knows this program by.</summary>
    /// <value>1 to 255 characters. The default is <c>recollect</c>.</value>
    [Required]
    [StringLength(255)]
    public string ServiceName { get; set; } = "recollect";

    /// <summary>Takes the collector from the variables that programs share, where the settings name none.</summary>
    /// <param name="variables">The variables.</param>
    public void TakeStandardVariables(IConfiguration variables)
    {
        if (OtlpEndpoint.Length == 0 && variables["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 } endpoint)
        {
            OtlpEndpoint = endpoint;
            Protocol = variables["OTEL_EXPORTER_OTLP_PROTOCOL"] switch
            {
                "grpc" => OtlpProtocol.Grpc,
                "http/protobuf" => OtlpProtocol.HttpProtobuf,
                _ => Protocol,
            };
        }
    }
}

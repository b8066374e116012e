namespace Recollect.Cli.Telemetry;

/// <summary>How a collector is spoken to.</summary>
internal enum OtlpProtocol
{
    /// <summary>Protocol buffers over HTTP; collectors listen on port 4318.</summary>
    HttpProtobuf,

    /// <summary>gRPC; collectors listen on port 4317.</summary>
    Grpc,
}

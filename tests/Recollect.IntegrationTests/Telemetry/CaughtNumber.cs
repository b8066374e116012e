namespace Recollect.IntegrationTests.Telemetry;

/// <summary>A measurement of an instrument.</summary>
internal sealed record CaughtNumber(string Name, double Value, Dictionary<string, object?> Tags);

namespace Recollect;

/// <summary>The configuration cannot be used as it is.</summary>
/// <param name="message">Which setting, what it is, and what it may be.</param>
public sealed class ConfigurationException(string message) : Exception(message);

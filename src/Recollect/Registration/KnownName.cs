namespace Recollect.Registration;

/// <summary>A name under which an implementation of a seam is registered.</summary>
/// <typeparam name="TService">The seam.</typeparam>
/// <param name="Value">The name in configuration.</param>
internal sealed record KnownName<TService>(string Value);

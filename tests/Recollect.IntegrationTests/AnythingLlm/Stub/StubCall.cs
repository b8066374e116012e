namespace Recollect.IntegrationTests.AnythingLlm.Stub;

/// <summary>One call that the stand-in received.</summary>
/// <param name="Route">The path behind <c>/api</c>.</param>
/// <param name="Offset">The page that was asked for, as JSON; null where there is none.</param>
internal sealed record StubCall(string Route, string? Offset);

namespace Recollect.IntegrationTests.Neo4j.Stub;

/// <summary>A statement fails; the message is the code.</summary>
internal sealed class StubRefusal(string code) : Exception(code);

namespace Recollect.Server.Reference;

/// <summary>What is wrong with one field.</summary>
/// <param name="Loc">Where it is: <c>body</c>, <c>query</c> or <c>path</c>, and its name.</param>
/// <param name="Msg">What is wrong.</param>
/// <param name="Type">The kind of fault, such as <c>missing</c>.</param>
internal sealed record InvalidFieldJson(IReadOnlyList<string> Loc, string Msg, string Type);

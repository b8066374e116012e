namespace Recollect.Ingest.Sources.Tables;

/// <summary>Gives a scope to the conversations that have a value in a column.</summary>
/// <param name="Column">The column of conversations.</param>
/// <param name="Value">The value, as text.</param>
/// <param name="Scope">The scope.</param>
internal sealed record ScopeRule(string Column, string Value, string Scope)
{
    /// <summary>Reads <c>COLUMN=VALUE -> SCOPE</c>; null when it is something else.</summary>
    public static ScopeRule? Read(string text)
    {
        const string Arrow = "->";
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var arrow = text.LastIndexOf(Arrow, StringComparison.Ordinal);
        if (equals < 0 || arrow < equals)
        {
            return null;
        }

        var rule = new ScopeRule(text[..equals].Trim(), text[(equals + 1)..arrow].Trim(), text[(arrow + Arrow.Length)..].Trim());
        return TableName.IsPlain(rule.Column) && rule.Value.Length > 0 && rule.Scope.Length > 0 ? rule : null;
    }
}

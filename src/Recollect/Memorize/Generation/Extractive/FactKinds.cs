namespace Recollect.Memorize.Generation.Extractive;

/// <summary>The kinds of facts that the writer tells apart.</summary>
internal static class FactKinds
{
    /// <summary>What somebody says about the own life, or decided.</summary>
    public const string Statement = "statement";

    /// <summary>What happens when.</summary>
    public const string Date = "date";

    /// <summary>An amount, a time, a telephone number.</summary>
    public const string Number = "number";

    /// <summary>Somebody who is mentioned.</summary>
    public const string Person = "person";
}

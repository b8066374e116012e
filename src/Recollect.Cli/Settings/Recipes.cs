namespace Recollect.Cli.Settings;

/// <summary>The ready-made config files of whole systems, as <c>recipes/</c> has them.</summary>
internal static class Recipes
{
    private const string Prefix = "recipes/";
    private const string Suffix = ".json";

    /// <summary>Gets their names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. typeof(Recipes).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal)];

    /// <summary>Opens a recipe's text.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public static Stream Open(string name) => typeof(Recipes).Assembly.GetManifestResourceStream($"{Prefix}{name}{Suffix}")!;
}

namespace Recollect.Memorize.Generation.Llm;

/// <summary>Reads the texts that are shipped, and a prompt of one's own.</summary>
internal static class PromptText
{
    private static readonly string[] FileEndings = [".txt", ".md"];

    /// <summary>Gets a prompt.</summary>
    /// <param name="setting">Empty for the one that is shipped; else a text, or the path of a file.</param>
    /// <exception cref="ConfigurationException">A file cannot be read, or holds nothing.</exception>
    public static string Load(string setting)
    {
        if (string.IsNullOrWhiteSpace(setting))
        {
            return Shipped("Prompts/memory.txt");
        }

        var isFile = !setting.Contains('\n', StringComparison.Ordinal) && (FileEndings.Contains(Path.GetExtension(setting), StringComparer.OrdinalIgnoreCase) || File.Exists(setting));
        return isFile ? ReadFile(setting, "Prompt") : setting.Trim();
    }

    /// <summary>Reads a file that a setting names.</summary>
    /// <param name="path">The file.</param>
    /// <param name="setting">The setting, for the error.</param>
    /// <exception cref="ConfigurationException">It cannot be read, or holds nothing.</exception>
    public static string ReadFile(string path, string setting)
    {
        try
        {
            return File.ReadAllText(path).Trim() is { Length: > 0 } text ? text : throw new ConfigurationException($"{LlmOptions.SectionName}:{setting}: {path} is empty.");
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ConfigurationException($"{LlmOptions.SectionName}:{setting}: {path} cannot be read: {ex.Message}");
        }
    }

    /// <summary>Reads a text that is part of the library.</summary>
    /// <param name="name">Its path below this folder.</param>
    public static string Shipped(string name)
    {
        using var reader = new StreamReader(typeof(PromptText).Assembly.GetManifestResourceStream($"llm/{name}")!);
        return reader.ReadToEnd().Trim();
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Recollect.Cli.Settings;

/// <summary>Turns the <c>config.json</c> of a WhatsApp bot into the settings of the recipe <c>bot-sessions</c>. Keys and tokens go to <c>.env</c>.</summary>
/// <remarks>Both generations of the file are read; what has no counterpart is named and left out.</remarks>
internal sealed class BotConfig
{
    /// <summary>The recipe that the settings are built on.</summary>
    public const string Recipe = "bot-sessions";

    private const int LargestFile = 1024 * 1024;

    private readonly string _path;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly JsonObject _settings;
    private readonly SortedDictionary<string, string> _secrets = new(StringComparer.Ordinal);

    private BotConfig(string path, JsonElement config)
    {
        (_path, _settings) = (path, Template());
        TakeBot(config);
        TakeModel(config);
        TakeSessions(config);
        TakeMemory(config);
        LeftOut = [.. Names(config, string.Empty).Where(name => !_read.Contains(name)).Order(StringComparer.Ordinal)];
    }

    /// <summary>Gets the keys of the file that have no counterpart.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    /// <summary>Gets what belongs into <c>.env</c>.</summary>
    public IReadOnlyDictionary<string, string> Secrets => _secrets;

    /// <summary>Gets the settings as JSON.</summary>
    public string Json => _settings.ToJsonString(new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ConfigurationException">It cannot be read, or a value is of a type or size that it cannot have.</exception>
    public static BotConfig Read(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                throw new ConfigurationException($"{path} does not exist.");
            }

            if (new FileInfo(path).Length > LargestFile)
            {
                throw new ConfigurationException($"{path} is larger than any config file of a bot.");
            }

            using var document = JsonDocument.Parse(File.ReadAllText(path), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.ValueKind is JsonValueKind.Object ? new(path, document.RootElement) : throw new ConfigurationException($"{path} holds no JSON object.");
        }
        catch (Exception ex) when (ex is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw new ConfigurationException($"{path} cannot be read: {ex.Message}");
        }
    }

    private static JsonObject Template()
    {
        using var recipe = Recipes.Open(Recipe);
        return JsonNode.Parse(recipe, documentOptions: new() { CommentHandling = JsonCommentHandling.Skip })!.AsObject();
    }

    private void TakeBot(JsonElement config)
    {
        TakeSecret(config, "green_api_instance_id", "GREEN_API_INSTANCE_ID");
        TakeSecret(config, "green_api_token", "GREEN_API_TOKEN");
        Set("Bot:Environment", Text(config, "environment"));
        SetDefault("Data:Root", "DATA_ROOT", Text(config, "data_root"));
        if (Number(config, "poll_interval_seconds", 0, 86_400) is { } seconds)
        {
            Set("Bot:WhatsApp:ReceiveTimeout", string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(Math.Ceiling(seconds), 5, 60):0}s")); // one call waits so long, in place of a pause between calls
        }

        if (Flag(config, "feature_flags.enable_memory_system") is { } isOn)
        {
            SetDefault("FeatureManagement:enable_memory_system", "ENABLE_MEMORY_SYSTEM", isOn ? "true" : "false");
        }
    }

    private void TakeModel(JsonElement config)
    {
        TakeSecret(config, "openai_api_key", "OPENAI_API_KEY");
        TakeSecret(config, "ai_api_key", "OPENAI_API_KEY");
        SetDefault("Generation:OpenAi:Model", "OPENAI_MODEL", Text(config, "ai_model"));
        Set("Sessions:SystemMessage", Text(config, "system_message"));
        Set("Sessions:MaxAnswerTokens", Whole(config, "ai_reply_max_tokens") ?? Whole(config, "max_tokens"));
        Set("Sessions:Temperature", Number(config, "temperature", 0, 2));
    }

    private void TakeSessions(JsonElement config)
    {
        SetDefault("Sessions:Godfather", "GODFATHER_PHONE", Text(config, "godfather_phone"));
        Set("Sessions:Admins", Texts(config, "admin_phones"));
        Set("Sessions:Blocked", Texts(config, "blocked_phones"));
        if (Text(config, "memory.session.storage_dir") is { } folder)
        {
            var root = (Text(config, "data_root") ?? "data").TrimEnd('/') + "/";
            Set("Sessions:StorageDir", folder.StartsWith(root, StringComparison.Ordinal) ? folder[root.Length..] : folder);
        }

        foreach (var (role, ours) in new[] { ("client", "Client"), ("godfather", "Godfather") })
        {
            Set($"Sessions:TokensByRole:{ours}", Whole(config, $"user_roles.{role}.max_tokens") ?? Whole(config, $"memory.session.max_tokens_by_role.{role}"));
        }

        SetDuration("Sessions:Timeout", Number(config, "memory.session.session_timeout_hours", 1 / 3600.0, 87_600) * 3600);
        SetDuration("Sessions:SweepInterval", Number(config, "memory.session.cleanup_interval_seconds", 1, 86_400));
    }

    private void TakeMemory(JsonElement config)
    {
        Set("Sessions:LongTerm:Enabled", Flag(config, "memory.longterm.enabled"));
        Set("Sessions:LongTerm:TopK", Whole(config, "memory.longterm.top_k_results"));
        Set("Sessions:LongTerm:MinSimilarity", Number(config, "memory.longterm.min_similarity", -1, 1));
        if ((Text(config, "ai_embedding_model") ?? Text(config, "memory.longterm.embedding_model")) is { } model)
        {
            Set("Embedding:OpenAi:Model", model);
            Set("Embedding:OpenAi:Dimensions", model.EndsWith("-large", StringComparison.Ordinal) ? 3072 : 1536);
        }
    }

    private void SetDuration(string key, double? seconds) =>
        Set(key, seconds is { } value ? TimeSpan.FromSeconds(Math.Max(1, Math.Round(value))).ToString("c", CultureInfo.InvariantCulture) : null);

    /// <summary>Sets what a variable may still replace.</summary>
    private void SetDefault(string key, string variable, string? value) =>
        Set(key, value is null ? null : !value.Contains('}', StringComparison.Ordinal) ? $"${{{variable}:-{value}}}" : throw Wrong(key, "text without }"));

    private void Set<TValue>(string key, TValue? value)
    {
        if (value is null)
        {
            return;
        }

        var parts = key.Split(':');
        var section = _settings;
        foreach (var part in parts[..^1])
        {
            section = (section[part] ??= new JsonObject()).AsObject();
        }

        section[parts[^1]] = value as JsonNode ?? JsonValue.Create(value);
    }

    private void TakeSecret(JsonElement config, string name, string variable)
    {
        if (Text(config, name) is { Length: > 0 } secret)
        {
            _secrets[variable] = !secret.Any(char.IsControl) && !secret.Contains('"', StringComparison.Ordinal) ? secret : throw Wrong(name, "a line of text without quotes");
        }
    }

    private string? Text(JsonElement config, string name) => Find(config, name) is not { } value ? null
        : value.ValueKind is not JsonValueKind.String ? throw Wrong(name, "text")
        : value.GetString() is { } text && !text.Contains("${", StringComparison.Ordinal) ? text : throw Wrong(name, "text without ${, which stands for a variable here");

    private JsonArray? Texts(JsonElement config, string name) => Find(config, name) is not { } value ? null
        : value.ValueKind is JsonValueKind.Array && value.EnumerateArray().All(one => one.ValueKind is JsonValueKind.String) ? JsonNode.Parse(value.GetRawText())!.AsArray()
        : throw Wrong(name, "a list of texts");

    private bool? Flag(JsonElement config, string name) => Find(config, name) is not { } value ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(name, "true or false");

    private double? Number(JsonElement config, string name, double least, double most) => Find(config, name) is not { } value ? null
        : value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most ? number
        : throw Wrong(name, string.Create(CultureInfo.InvariantCulture, $"a number between {least} and {most}"));

    private int? Whole(JsonElement config, string name) => (int?)Number(config, name, 0, 1_000_000);

    /// <summary>Finds a value by its path; null, and what is not there, are the same.</summary>
    private JsonElement? Find(JsonElement config, string name)
    {
        var value = config;
        foreach (var part in name.Split('.'))
        {
            if (value.ValueKind is not JsonValueKind.Object || !value.TryGetProperty(part, out value))
            {
                return null;
            }
        }

        _read.Add(name);
        return value.ValueKind is JsonValueKind.Null ? null : value;
    }

    private ConfigurationException Wrong(string name, string expected) => new($"{_path}: {name} must be {expected}.");

    private static IEnumerable<string> Names(JsonElement element, string prefix) => element.EnumerateObject().SelectMany(field =>
        field.Value.ValueKind is JsonValueKind.Object && field.Value.EnumerateObject().Any() ? Names(field.Value, $"{prefix}{field.Name}.") : [prefix + field.Name]);
}

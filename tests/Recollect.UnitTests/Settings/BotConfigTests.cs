using System.Text.Json;
using Recollect.Cli.Settings;
using Xunit;

namespace Recollect.UnitTests.Settings;

public sealed class BotConfigTests : IDisposable
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recollect-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_config_of_the_first_generation_is_turned_into_ours()
    {
        var read = Read("""
            {"green_api_instance_id":"1101000001","green_api_token":"d75b3a66","openai_api_key":"sk-123","ai_model":"gpt-3.5-turbo",
             "system_message":"Be kind. שלום","max_tokens":500,"temperature":0.3,"log_level":"INFO","poll_interval_seconds":7,"max_retries":3,
             "data_root":"state","godfather_phone":"972501234567@c.us","feature_flags":{"enable_memory_system":true,"other":false},
             "memory":{"session":{"storage_dir":"state/sessions","max_tokens_by_role":{"client":4001,"godfather":99999},"session_timeout_hours":12.5},
              "longterm":{"enabled":false,"storage_dir":"data/memory","collection_name":"godfather_memory","embedding_model":"text-embedding-3-small","top_k_results":7,"min_similarity":0.15}}}
            """);

        Assert.Equal(("1101000001", "d75b3a66", "sk-123"), (read.Secrets["GREEN_API_INSTANCE_ID"], read.Secrets["GREEN_API_TOKEN"], read.Secrets["OPENAI_API_KEY"]));
        Assert.DoesNotContain("sk-123", read.Json, StringComparison.Ordinal);
        Assert.DoesNotContain("d75b3a66", read.Json, StringComparison.Ordinal);
        AssertSettings(
            read,
            ("Data:Root", "\"${DATA_ROOT:-state}\""), ("FeatureManagement:enable_memory_system", "\"${ENABLE_MEMORY_SYSTEM:-true}\""), ("Bot:WhatsApp:ReceiveTimeout", "\"7s\""),
            ("Generation:OpenAi:Model", "\"${OPENAI_MODEL:-gpt-3.5-turbo}\""), ("Sessions:SystemMessage", "\"Be kind. שלום\""), ("Sessions:MaxAnswerTokens", "500"), ("Sessions:Temperature", "0.3"),
            ("Sessions:Godfather", "\"${GODFATHER_PHONE:-972501234567@c.us}\""), ("Sessions:StorageDir", "\"sessions\""), ("Sessions:TokensByRole:Client", "4001"), ("Sessions:TokensByRole:Godfather", "99999"),
            ("Sessions:Timeout", "\"12:30:00\""), ("Sessions:LongTerm:Enabled", "false"), ("Sessions:LongTerm:TopK", "7"), ("Sessions:LongTerm:MinSimilarity", "0.15"),
            ("Embedding:OpenAi:Model", "\"text-embedding-3-small\""), ("Embedding:OpenAi:Dimensions", "1536"), ("Stores:Use", "\"chroma\""));
        Assert.Equal(["feature_flags.other", "log_level", "max_retries", "memory.longterm.collection_name", "memory.longterm.storage_dir"], read.LeftOut);
    }

    [Fact]
    public void A_config_of_the_second_generation_is_turned_into_ours()
    {
        var read = Read("""
            {"ai_api_key":"sk-9","ai_embedding_model":"text-embedding-3-large","ai_reply_max_tokens":2000,"max_tokens":7,"environment":"test",
             "user_roles":{"client":{"max_tokens":5000,"can_access_memory":true}},"admin_phones":["1","2"],"blocked_phones":["3"],
             "memory":{"session":{"storage_dir":"/srv/sessions","cleanup_interval_seconds":3600,"session_timeout_hours":24}},"green_api_token":null}
            """);

        Assert.Equal(["OPENAI_API_KEY"], read.Secrets.Keys, StringComparer.Ordinal);
        AssertSettings(
            read,
            ("Embedding:OpenAi:Dimensions", "3072"), ("Sessions:MaxAnswerTokens", "2000"), ("Bot:Environment", "\"test\""), ("Sessions:TokensByRole:Client", "5000"),
            ("Sessions:Admins", "[\"1\",\"2\"]"), ("Sessions:Blocked", "[\"3\"]"), ("Sessions:StorageDir", "\"/srv/sessions\""), ("Sessions:SweepInterval", "\"01:00:00\""), ("Sessions:Timeout", "\"1.00:00:00\""));
        Assert.Equal(["max_tokens", "user_roles.client.can_access_memory"], read.LeftOut);
    }

    [Fact]
    public void What_is_written_is_read_as_settings()
    {
        var read = Read("""{"memory":{"session":{"session_timeout_hours":0.001}},"admin_phones":[]}""");
        var path = Path.Combine(_folder.FullName, "ours.json");
        File.WriteAllText(path, read.Json.Replace("${GREEN_API_INSTANCE_ID}", "1", StringComparison.Ordinal).Replace("${GREEN_API_TOKEN}", "t", StringComparison.Ordinal).Replace("${OPENAI_API_KEY}", "k", StringComparison.Ordinal));

        Assert.Equal("00:00:04", SettingsLoader.Load(path, [])["Sessions:Timeout"]);
    }

    [Theory]
    [InlineData("", "cannot be read")]
    [InlineData("[]", "no JSON object")]
    [InlineData("{\"temperature\":", "cannot be read")]
    [InlineData("{\"temperature\":\"hot\"}", "temperature must be a number")]
    [InlineData("{\"temperature\":7}", "temperature must be a number")]
    [InlineData("{\"temperature\":1e999}", "temperature must be a number")]
    [InlineData("{\"max_tokens\":-1}", "max_tokens must be a number")]
    [InlineData("{\"green_api_token\":5}", "green_api_token must be text")]
    [InlineData("{\"green_api_token\":\"a\\nb\"}", "green_api_token must be a line")]
    [InlineData("{\"system_message\":\"${HOME}\"}", "without ${")]
    [InlineData("{\"ai_model\":\"a}b\"}", "without }")]
    [InlineData("{\"admin_phones\":\"1\"}", "admin_phones must be a list")]
    [InlineData("{\"admin_phones\":[1]}", "admin_phones must be a list")]
    [InlineData("{\"feature_flags\":{\"enable_memory_system\":\"yes\"}}", "true or false")]
    [InlineData("{\"memory\":{\"session\":{\"session_timeout_hours\":0}}}", "session_timeout_hours must be a number")]
    [InlineData("{\"system_message\":\"half \\ud83d\"}", "cannot be read")]
    public void What_cannot_be_is_refused_by_name(string config, string expected)
    {
        var wrong = Assert.Throws<ConfigurationException>(() => Read(config));

        Assert.Contains(expected, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_or_far_too_large_is_refused()
    {
        Assert.Contains("does not exist", Assert.Throws<ConfigurationException>(() => BotConfig.Read(Path.Combine(_folder.FullName, "none.json"))).Message, StringComparison.Ordinal);
        Assert.Contains("larger", Assert.Throws<ConfigurationException>(() => Read(new string(' ', 2_000_000))).Message, StringComparison.Ordinal);
    }

    private BotConfig Read(string config)
    {
        var path = Path.Combine(_folder.FullName, "config.json");
        File.WriteAllText(path, config);
        return BotConfig.Read(path);
    }

    private static void AssertSettings(BotConfig read, params (string Key, string Json)[] expected)
    {
        using var document = JsonDocument.Parse(read.Json);
        foreach (var (key, json) in expected)
        {
            var value = key.Split(':').Aggregate(document.RootElement, static (section, part) => section.GetProperty(part));
            Assert.Equal(json, JsonSerializer.Serialize(value, Readable));
        }
    }
}

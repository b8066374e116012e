using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Recollect.Cli.Settings;
using Recollect.Conformance;
using Recollect.Connectors;
using Recollect.Server;
using Xunit;

namespace Recollect.UnitTests.Settings;

/// <summary>The config file that <c>init</c> writes is the list of all settings: nothing is missing, nothing is too much, no default drifts.</summary>
public sealed class SettingsTemplateTests
{
    private const string Template = "src/Recollect.Cli/Settings/recollect.json";

    private static readonly Assembly[] Product = [typeof(MemoryPipeline).Assembly, typeof(ConnectorServices).Assembly, typeof(RecollectServer).Assembly, Assembly.Load("Recollect.Cli")];

    [Fact]
    public void It_holds_every_option_with_its_default_and_nothing_else()
    {
        using var template = JsonDocument.Parse(Repository.Read(Template), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        var written = Leaves(template.RootElement, string.Empty).ToDictionary(StringComparer.Ordinal);

        Assert.Equal(
            Defaults().Select(pair => $"{pair.Key} = {pair.Value}").Order(StringComparer.Ordinal),
            written.Select(pair => $"{pair.Key} = {pair.Value}").Order(StringComparer.Ordinal),
            StringComparer.OrdinalIgnoreCase); // as settings are read
    }

    [Fact]
    public void Every_kind_of_options_names_its_section()
    {
        var nameless = Product.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.Name.EndsWith("Options", StringComparison.Ordinal) && SectionOf(type) is null);

        Assert.Empty(nameless);
    }

    [Fact]
    public void The_known_settings_are_those_that_a_configuration_of_the_file_has()
    {
        using var stream = SettingsTemplate.Open();
        var template = new ConfigurationBuilder().AddJsonStream(stream).Build();
        var expected = template.AsEnumerable().Select(static pair => pair.Key).Where(key => !template.GetSection(key).GetChildren().Any());

        Assert.Equal(expected.Order(StringComparer.Ordinal), SettingsTemplate.Keys().Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void A_setting_of_an_option_is_looked_up_as_any_other()
    {
        var error = Assert.Throws<ConfigurationException>(static () => SettingsLoader.Load(configFile: null, [new("Data:Rot", "elsewhere")]));

        Assert.Contains("did you mean Data:Root?", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<KeyValuePair<string, string>> Defaults() =>
        from type in Product.SelectMany(assembly => assembly.GetTypes())
        let section = SectionOf(type)
        where section is not null
        let options = Activator.CreateInstance(type)
        from property in type.GetProperties()
        where property.SetMethod is { IsPublic: true }
        select KeyValuePair.Create($"{section}:{property.Name}", Text(property.GetValue(options)));

    private static string? SectionOf(Type type) =>
        type.Name.EndsWith("Options", StringComparison.Ordinal) ? type.GetField("SectionName")?.GetRawConstantValue() as string : null;

    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => text,
        IEnumerable list => $"[{string.Join(", ", list.Cast<object>())}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static IEnumerable<KeyValuePair<string, string>> Leaves(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Leaves(property.Value, path.Length == 0 ? property.Name : $"{path}:{property.Name}")),
        JsonValueKind.Array => [new(path, $"[{string.Join(", ", element.EnumerateArray())}]")],
        JsonValueKind.Null => [new(path, "null")],
        _ => [new(path, element.ToString())],
    };
}

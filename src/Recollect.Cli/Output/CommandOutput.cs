using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Recollect.Cli.Output;

/// <summary>Where a command writes: people get text, programs get one JSON object as the last line of standard output.</summary>
internal sealed class CommandOutput(TextWriter standardOutput, TextWriter standardError, bool isJson)
{
    /// <summary>Gets where text for people goes: standard error when a program reads standard output.</summary>
    public TextWriter People { get; } = isJson ? standardError : standardOutput;

    /// <summary>Gets standard error, for warnings and progress.</summary>
    public TextWriter Errors { get; } = standardError;

    /// <summary>Gets a value indicating whether a program reads standard output.</summary>
    public bool IsJson { get; } = isJson;

    /// <summary>Writes the JSON object when it is asked for.</summary>
    /// <param name="value">The object.</param>
    /// <param name="type">Gets its shape, which takes a while to make.</param>
    public void WriteJson<TValue>(TValue value, Func<OutputJson, JsonTypeInfo<TValue>> type)
    {
        if (IsJson)
        {
            standardOutput.WriteLine(JsonSerializer.Serialize(value, type(OutputJson.Readable)));
        }
    }
}

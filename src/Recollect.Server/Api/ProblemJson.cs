using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Recollect.Server.Api;

/// <summary>What went wrong, as RFC 9457 writes it.</summary>
internal sealed record ProblemJson
{
    [Description("Always about:blank: the status says what kind of problem it is.")]
    public string Type { get; init; } = "about:blank";

    public required string Title { get; init; }

    public required int Status { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("What is wrong with this request and what to do.")]
    public string? Detail { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("The part that does not answer: store or state.")]
    public string? Part { get; init; }
}

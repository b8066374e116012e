using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Recollect.Recall;

namespace Recollect.Server.Api;

/// <summary>A question to memory.</summary>
internal sealed record RecallRequestJson
{
    [Description("The question, in any words.")]
    public required string Query { get; init; }

    [Description("Whose memories.")]
    public required string User { get; init; }

    [Description("The scope: personal (unless given), departmental, ministry, or one of your own.")]
    public string? Scope { get; init; }

    [Description("The tenant; only your own, which it is unless given.")]
    public string? Tenant { get; init; }

    [Description("How many results at the most; 5 unless given.")]
    [Range(1, RecallQuery.MaxTop)]
    public int? Top { get; init; }

    [Description("Leave out conversations less similar than this, as a cosine.")]
    [Range(-1.0, 1.0)]
    public double? MinSimilarity { get; init; }

    [Description("What to find: conversation (unless given) or message.")]
    public string? By { get; init; }
}

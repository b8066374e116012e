using System.ComponentModel;

namespace Recollect.Server.Api;

/// <summary>One statement of a memory, and what it rests on.</summary>
internal sealed record FactJson(string Text, [property: Description("Such as statement, date, person or number; null where the writer does not say.")] string? Kind, IReadOnlyList<CitedMessageJson> Citations);

using System.Text.Json;

namespace Recollect.Memorize.Generation.Llm;

/// <summary>What was found in a reply.</summary>
/// <param name="Data">The object that fits the schema; undefined where there is none.</param>
/// <param name="Misfit">What is wrong, in a clause without text of the reply; null where nothing is.</param>
internal readonly record struct ReadReply(JsonElement Data, string? Misfit);

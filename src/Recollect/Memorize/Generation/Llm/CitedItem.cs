using System.Text.Json;

namespace Recollect.Memorize.Generation.Llm;

/// <summary>The fields by which an object of any schema says which messages it rests on.</summary>
internal static class CitedItem
{
    /// <summary>The ids of messages, an array of strings.</summary>
    public const string Ids = "message_ids";

    /// <summary>The exact words of one of them; null for none.</summary>
    public const string Quote = "quote";

    /// <summary>What is said.</summary>
    public const string Text = "text";

    /// <summary>What stands in the place of a quote that no message has.</summary>
    public static readonly JsonElement NoQuote = JsonElement.Parse("null");
}

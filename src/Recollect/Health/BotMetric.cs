namespace Recollect.Health;

/// <summary>A number of a bot that somebody should look at.</summary>
/// <param name="Name">Its name, as programs know it.</param>
/// <param name="Title">Its name, for people.</param>
/// <param name="Value">The value; null where nothing was measured yet.</param>
/// <param name="Unit">The unit: empty for a count.</param>
/// <param name="Warning">From where on it is a warning; null: it never is.</param>
/// <param name="Alert">From where on it is an alert; null: it never is.</param>
public sealed record BotMetric(string Name, string Title, double? Value, string Unit, double? Warning, double? Alert)
{
    /// <summary>Gets <c>ok</c>, <c>warning</c> or <c>alert</c>; <c>unknown</c> where nothing was measured yet.</summary>
    public string Level => Value is null ? "unknown" : Value >= Alert ? "alert" : Value >= Warning ? "warning" : "ok";
}

using System.Globalization;
using Recollect.Ingest.Sources.Tables;

namespace Recollect.Connectors.Supabase;

/// <summary>Tells the ways in which a call fails apart, and says of each what to do.</summary>
/// <param name="url">The configured address, which holds no secret.</param>
internal sealed class PostgrestFailures(string url)
{
    private const string KeySetting = $"{SupabaseOptions.SectionName}:Key";
    private const string UrlSetting = $"{SupabaseOptions.SectionName}:Url";
    private const string KeyAdvice = $"Set {KeySetting} to the secret key (sb_secret_…) or the service_role key of this project.";
    private const string UrlAdvice = $"{UrlSetting} must be the address of the project, without /rest/v1.";
    private const string LaterAdvice = "Look at the project's status and logs, and try again later.";
    private const string NamesAdvice = $"Correct the names under {TableOptions.SectionName}, or reload PostgREST's schema cache (NOTIFY pgrst, 'reload schema').";

    /// <summary>Gets what the server is called in sentences.</summary>
    public string Server { get; } = $"PostgREST at {url}";

    /// <summary>Describes an answer that is no success.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="error">What its body says.</param>
    /// <param name="table">The table that was asked for.</param>
    /// <param name="now">What the clock shows.</param>
    public ApiException OfStatus(HttpResponseMessage answer, PostgrestError error, TableName table, DateTimeOffset now)
    {
        var status = (int)answer.StatusCode;
        return OfGateway(error) ?? OfCode(error, table, CodeOf(status, error)) ?? status switch
        {
            401 => Lasting($"{Server} refused the key ({CodeOf(status, error)}).", KeyAdvice),
            403 => Lasting($"{Server} does not let the key read {table} ({CodeOf(status, error)}).", KeyAdvice),
            404 => Lasting($"{Server} has nothing at /rest/v1/{table.Name} (404).", UrlAdvice),
            408 => Passing($"{Server} gave up waiting (408).", LaterAdvice),
            429 => Passing($"{Server} takes no more calls for now (429).", "Try again later.", HttpFailure.RetryAfter(answer, now)),
            540 => Lasting($"{Server} is paused (540).", "Restore the project in Supabase's dashboard."),
            >= 300 and < 400 => Lasting($"{Server} redirects to {TargetOf(answer)} ({status}), and the key is sent to no other address.", $"Set {UrlSetting} to the address that it leads to."),
            >= 500 => Passing($"{Server} failed to read {table} ({CodeOf(status, error)}).", LaterAdvice, HttpFailure.RetryAfter(answer, now)),
            _ => Lasting($"{Server} refused to read {table} ({CodeOf(status, error)}).", "Look at the project's logs, or those of a proxy before it."),
        };
    }

    /// <summary>Tells whether the answer says that it is HTML.</summary>
    public static bool IsWebPage(HttpResponseMessage answer) =>
        answer.Content.Headers.ContentType?.MediaType?.Contains("html", StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>Describes a page of HTML where rows were expected.</summary>
    public ApiException OfWebPage() => Lasting($"{Server} answered with a web page.", UrlAdvice);

    /// <summary>Describes an answer that ends too early or is no JSON.</summary>
    public ApiException OfBrokenAnswer(Exception cause) =>
        Passing($"{Server} answered with something cut off or not JSON.", $"{LaterAdvice} If it stays so, check {UrlSetting}.", cause: cause);

    /// <summary>Describes JSON that is no list of rows.</summary>
    public ApiException OfShape() => Passing($"{Server} answered with JSON that is no list of rows.", UrlAdvice);

    /// <summary>Describes an answer larger than any that is read.</summary>
    public ApiException OfLargeAnswer(long most) => Lasting(
        string.Create(CultureInfo.InvariantCulture, $"{Server} answered with more than {most / (1024 * 1024)} MiB."), $"Lower {SupabaseOptions.SectionName}:MessagesPerCall.");

    /// <summary>Describes a call that took too long.</summary>
    public ApiException OfTimeout(TimeSpan timeout) => Passing(
        string.Create(CultureInfo.InvariantCulture, $"{Server} did not answer whole within {timeout.TotalSeconds} s."), $"Look at the project's status, or raise {SupabaseOptions.SectionName}:Timeout.");

    /// <summary>Describes messages that come again and again.</summary>
    public ApiException OfRepeatedPage(TableName table) => Lasting(
        $"{Server} gives the same rows of {table} page after page, as if filters did not reach it.", $"Check what lies between: {UrlSetting} should lead to the project directly.");

    /// <summary>Describes a connection that was not made or broke.</summary>
    public ApiException OfConnection(HttpRequestException cause) =>
        Passing($"{Server} cannot be reached: {HttpFailure.ReasonOf(cause)}.", $"Check the network and the project's status, or correct {UrlSetting}.", cause: cause);

    private ApiException? OfGateway(PostgrestError error) =>
        error.Message.StartsWith("No API key found", StringComparison.OrdinalIgnoreCase) ? Lasting(
            $"{Server} received no key.", $"Something between removes the header apikey: {UrlSetting} should lead to the project directly.")
        : error.Message.StartsWith("Invalid API key", StringComparison.OrdinalIgnoreCase) ? Lasting($"{Server} does not know the key.", KeyAdvice)
        : null;

    private ApiException? OfCode(PostgrestError error, TableName table, string code) => error.Code switch
    {
        "PGRST301" => Lasting($"{Server} refused the key: it is no valid token, or has expired ({code}).", KeyAdvice),
        "PGRST302" => Lasting($"{Server} lets nobody read without a token ({code}).", KeyAdvice),
        "42501" => Lasting($"{Server} does not let the key read {table} ({code}).", KeyAdvice),
        "42P01" or "PGRST200" or "PGRST205" => Lasting($"{Server} has no table {table} ({code}).", NamesAdvice),
        "PGRST106" => Lasting($"{Server} does not show the schema of {table} ({code}).", "Add the schema to the exposed schemas of the project, under Project Settings > API."),
        "42703" or "PGRST204" => Lasting($"{Server} has no such column in {table}: {Shown(error.Message)} ({code}).", NamesAdvice),
        "PGRST100" => Lasting($"{Server} does not understand the filter on {table} ({code}).", "It needs PostgREST 9 or newer."),
        "22P02" or "22007" or "22008" or "42883" => Lasting($"{Server} cannot compare a column of {table} ({code}).", $"Let {TableOptions.SectionName}:UpdatedAt name a column of times, and the ids numbers, UUIDs or text."),
        "57014" => Passing($"{Server} took too long to read {table} ({code}).", $"Add an index on the column that {TableOptions.SectionName}:UpdatedAt or MessageConversation names, or lower the sizes of batches."),
        "PGRST000" or "PGRST001" or "PGRST002" => Passing($"{Server} has no connection to its database ({code}).", LaterAdvice),
        "PGRST003" => Passing($"{Server} has no free connection to its database ({code}).", LaterAdvice),
        _ => null,
    };

    private static string CodeOf(int status, PostgrestError error) =>
        error.Code.Length == 0 ? status.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{status}, {error.Code}");

    /// <summary>The names in a sentence of PostgreSQL, which here come from configuration.</summary>
    private static string Shown(string message)
    {
        const int Longest = 160;
        return new([.. message.Where(letter => !char.IsControl(letter)).Take(Longest)]);
    }

    private static ApiException Lasting(string finding, string advice) => new(finding, advice, isTransient: false);

    private static ApiException Passing(string finding, string advice, TimeSpan? retryAfter = null, Exception? cause = null) =>
        new(finding, advice, isTransient: true, cause) { RetryAfter = retryAfter };

    /// <summary>The host alone: a path or query may hold a token.</summary>
    private static string TargetOf(HttpResponseMessage answer) =>
        answer.Headers.Location is { IsAbsoluteUri: true, Host.Length: > 0 } target ? $"the host {target.IdnHost}" : "another path";
}

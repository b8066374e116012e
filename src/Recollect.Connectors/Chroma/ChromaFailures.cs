using System.Globalization;
using Recollect.Memorize.Stores;

namespace Recollect.Connectors.Chroma;

/// <summary>Tells the ways in which a call fails apart, and says of each what to do. Messages of the server are not repeated: they may quote what is stored.</summary>
/// <param name="options">The settings; the address holds no secret.</param>
internal sealed class ChromaFailures(ChromaOptions options)
{
    private const string Section = ChromaOptions.SectionName;

    /// <summary>Gets what the server is called in sentences.</summary>
    public string Server { get; } = $"Chroma at {options.Url.TrimEnd('/')}";

    /// <summary>Describes an answer that is no success.</summary>
    /// <param name="refusal">What it says.</param>
    /// <param name="retryAfter">How long the server asks to be left alone; null when it does not.</param>
    public MemoryStoreException OfRefusal(ChromaRefusal refusal, TimeSpan? retryAfter)
    {
        var number = refusal.Status.ToString(CultureInfo.InvariantCulture);
        return refusal switch
        {
            { IsQuota: true } => Lasting($"{Server} bounds what may be stored or asked for, and this was more ({number}). Ask for a larger quota, or use a server of your own.", refusal),
            { IsUnknownTenant: true } => Lasting($"{Server} has no tenant \"{options.Tenant}\". Correct {Section}:Tenant, or create it: POST /api/v2/tenants with {{\"name\":\"{options.Tenant}\"}}.", refusal),
            { IsUnknownDatabase: true } => Lasting($"{Server} has no database \"{options.Database}\" in the tenant \"{options.Tenant}\". Correct {Section}:Database and Tenant, or create it: POST /api/v2/tenants/{options.Tenant}/databases with {{\"name\":\"{options.Database}\"}}.", refusal),
            { IsUnknownCollection: true } => Passing($"{Server} has removed a collection while it was in use. Later runs create it again.", retryAfter: null, refusal),
            { IsWrongDimension: true } => Passing($"{Server} has a collection whose vectors have other dimensions than the one that was sent; another program may have filled it at this moment. Run \"recollect doctor\".", retryAfter: null, refusal),
            { Status: 401 or 403 } => Lasting($"{Server} refused the token ({number}). Check {Section}:Token, and that Tenant and Database are its own.", refusal),
            { Status: 404 } => Lasting($"{Server} does not know the API v2 (404). Check {Section}:Url; servers before 1.0 cannot be used.", refusal),
            { Status: 413 } => Lasting($"{Server} takes no request as large as this (413). Raise max_payload_size_bytes in its configuration, or the limit of the proxy before it.", refusal),
            { Status: 408 or 425 or 429 or >= 500 } => Passing($"{Server} failed ({number}). Look at its log; later runs try again.", retryAfter, refusal),
            { Status: >= 300 and < 400 } => Lasting($"{Server} redirects ({number}), and the token is sent to no other address. Set {Section}:Url to the address that it leads to.", refusal),
            _ => Lasting($"{Server} refused the call ({number}). Versions from 1.0 on are supported; look at its log.", refusal),
        };
    }

    /// <summary>Describes a web page instead of an answer.</summary>
    public MemoryStoreException OfWebPage() => Lasting($"{Server} answered with a web page. Let {Section}:Url lead to Chroma itself, most often port 8000.");

    /// <summary>Describes an answer that ends too early, or is no JSON.</summary>
    public MemoryStoreException OfBrokenAnswer(Exception? cause = null) => Passing($"{Server} answered with something cut off or not JSON. Look at its log; if it stays so, check {Section}:Url.", retryAfter: null, cause);

    /// <summary>Describes an answer that would fill the memory.</summary>
    public MemoryStoreException OfLargeAnswer() => Lasting($"{Server} answered with more than could be asked for. Check {Section}:Url.");

    /// <summary>Describes JSON of another shape than the API's.</summary>
    public MemoryStoreException OfShape(Exception? cause) => Lasting($"{Server} answered with JSON that is not Chroma's, or a record was changed by another program. Check {Section}:Url, and that no other program changes records with \"recollect_id\".", cause);

    /// <summary>Describes a call that took too long.</summary>
    public MemoryStoreException OfTimeout(Exception cause) =>
        Passing(string.Create(CultureInfo.InvariantCulture, $"{Server} did not answer whole within {options.Timeout.TotalSeconds} s. Look at its log, or raise {Section}:Timeout."), retryAfter: null, cause);

    /// <summary>Describes a collection whose distances are none that can be used.</summary>
    public MemoryStoreException OfSpace(Collection collection) => Lasting(
        $"{Server} has the collection \"{collection.Name}\", which measures \"{collection.Space}\", and cosine is needed. {HowToMendSpace(collection)}");

    /// <summary>Says what to do with such a collection.</summary>
    public static string HowToMendSpace(Collection collection) =>
        $"A collection cannot be changed: rename it (PUT …/collections/{collection.Id} with {{\"new_name\":\"old_{collection.Name}\"}}) or delete it, and run \"recollect backfill\"; the next memory creates it anew, with cosine.";

    /// <summary>Describes a connection that was not made or broke.</summary>
    public MemoryStoreException OfConnection(Exception cause) =>
        Passing($"{Server} cannot be reached: {HttpFailure.ReasonOf(cause)}. Start it (chroma run --path FOLDER), or correct {Section}:Url.", retryAfter: null, cause);

    private static MemoryStoreException Lasting(string message, Exception? cause = null) => new(message, isTransient: false, cause);

    private static MemoryStoreException Passing(string message, TimeSpan? retryAfter, Exception? cause = null) =>
        new(message, isTransient: true, cause) { RetryAfter = retryAfter };
}

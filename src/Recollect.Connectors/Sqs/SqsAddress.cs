namespace Recollect.Connectors.Sqs;

/// <summary>Reads addresses of queues.</summary>
internal static class SqsAddress
{
    private const string DefaultRegion = "us-east-1";

    /// <summary>Says what is wrong with the URL of a queue; null when nothing is.</summary>
    public static string? WhatIsWrongWithQueue(string url)
    {
        const string Expected = "expected the URL of a queue, such as https://sqs.eu-central-1.amazonaws.com/123456789012/recollect.";
        return string.IsNullOrWhiteSpace(url) ? $"is empty; {Expected}"
            : !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.AbsolutePath.Length < 2 ? $"is no URL of a queue; {Expected}"
            : uri.AbsolutePath.EndsWith(".fifo", StringComparison.Ordinal) ? "is a FIFO queue, which holds back all messages behind one; create a standard queue."
            : null;
    }

    /// <summary>Says what is wrong with an endpoint; null when nothing is.</summary>
    public static string? WhatIsWrongWithEndpoint(string url) =>
        !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0 || uri.PathAndQuery is not "/"
            ? "is no address; expected one without a path, such as http://localhost:4566."
            : null;

    /// <summary>Gets where calls are sent.</summary>
    public static Uri Endpoint(SqsOptions options) => new(new Uri(options.Endpoint.Length > 0 ? options.Endpoint : options.QueueUrl), "/");

    /// <summary>Gets the region that calls are signed for.</summary>
    public static string Region(SqsOptions options)
    {
        if (options.Region.Length > 0)
        {
            return options.Region;
        }

        var parts = new Uri(options.QueueUrl).Host.Split('.');
        var at = Array.FindIndex(parts, part => part is "sqs" or "sqs-fips"); // sqs.REGION.… and vpce-….sqs.REGION.vpce.…
        return at >= 0 && at + 2 < parts.Length ? parts[at + 1]
            : parts is [var region, "queue", "amazonaws", ..] ? region // as queues were named before
            : DefaultRegion;
    }

    /// <summary>Gets the URL of another queue of the same place by its ARN.</summary>
    /// <returns>The URL; null when it is no ARN of a queue.</returns>
    public static string? OfArn(string queueUrl, string arn) =>
        arn.Split(':') is ["arn", _, "sqs", _, var account, var name] ? new Uri(new Uri(queueUrl), $"/{account}/{name}").AbsoluteUri : null;

    /// <summary>Gets the name of a queue.</summary>
    public static string NameOf(string queueUrl) => queueUrl[(queueUrl.LastIndexOf('/') + 1)..];
}

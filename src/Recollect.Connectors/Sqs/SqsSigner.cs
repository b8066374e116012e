using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Auth;

namespace Recollect.Connectors.Sqs;

/// <summary>Signs requests with Signature Version 4, whose arithmetic the AWS SDK does.</summary>
internal static class SqsSigner
{
    private const string Service = "sqs";

    /// <summary>Adds date, token and signature to a call.</summary>
    /// <param name="request">A POST to the root, with its target.</param>
    /// <param name="body">Its body.</param>
    /// <param name="credentials">Whose it is.</param>
    /// <param name="region">The region.</param>
    /// <param name="now">The moment.</param>
    public static void Sign(HttpRequestMessage request, ReadOnlySpan<byte> body, ImmutableCredentials credentials, string region, DateTimeOffset now)
    {
        request.Headers.TryAddWithoutValidation("X-Amz-Date", now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        if (credentials.UseToken)
        {
            request.Headers.TryAddWithoutValidation("X-Amz-Security-Token", credentials.Token);
        }

        var headers = request.Headers.Where(header => header.Key.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase))
            .Select(header => KeyValuePair.Create(header.Key, header.Value.Single()))
            .Append(new("content-type", request.Content!.Headers.ContentType!.ToString()))
            .Append(new("host", request.RequestUri!.IsDefaultPort ? request.RequestUri.Host : request.RequestUri.Authority));
        request.Headers.TryAddWithoutValidation("Authorization", Authorization("POST", "/", headers, body, credentials, region, Service, now));
    }

    /// <summary>Makes the value of the header Authorization.</summary>
    public static string Authorization(
        string method, string path, IEnumerable<KeyValuePair<string, string>> headers, ReadOnlySpan<byte> body, ImmutableCredentials credentials, string region, string service, DateTimeOffset now)
    {
        var sorted = headers.Select(header => KeyValuePair.Create(header.Key.ToLowerInvariant(), header.Value.Trim())).OrderBy(header => header.Key, StringComparer.Ordinal).ToList();
        var names = string.Join(';', sorted.Select(header => header.Key));
        var canonical = new StringBuilder().Append(method).Append('\n').Append(path).Append("\n\n"); // there is no query
        foreach (var (name, value) in sorted)
        {
            canonical.Append(name).Append(':').Append(value).Append('\n');
        }

        canonical.Append('\n').Append(names).Append('\n').Append(Convert.ToHexStringLower(SHA256.HashData(body)));
        return AWS4Signer.ComputeSignature(credentials, region, now.UtcDateTime, service, names, canonical.ToString()).ForAuthorizationHeader;
    }
}

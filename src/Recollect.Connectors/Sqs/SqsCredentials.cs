using Amazon.Runtime;
using Amazon.Runtime.Credentials;

namespace Recollect.Connectors.Sqs;

/// <summary>Finds the credentials: those of the settings, else those that the AWS SDK finds.</summary>
/// <param name="options">The settings.</param>
internal sealed class SqsCredentials(SqsOptions options)
{
    private AWSCredentials? _found;

    /// <summary>Gets them as they are now; those of a role are renewed by the SDK.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="SqsCallException">There are none.</exception>
    public async ValueTask<ImmutableCredentials> GetAsync(CancellationToken cancellationToken)
    {
        if (options.AccessKey.Length > 0)
        {
            return new(options.AccessKey, options.SecretKey, token: null);
        }

        try
        {
            _found ??= await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync(clientConfig: null).WaitAsync(cancellationToken);
            return await _found.GetCredentialsAsync().WaitAsync(cancellationToken);
        }
        catch (Exception ex) when (ex is AmazonClientException or AmazonServiceException or ArgumentException or InvalidOperationException or IOException or HttpRequestException)
        {
            throw new SqsCallException("NoCredentials", $"No AWS credentials were found. Set {SqsOptions.SectionName}:AccessKey and SecretKey, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, a profile, or run where a role gives them.", isTransient: false, ex);
        }
    }
}

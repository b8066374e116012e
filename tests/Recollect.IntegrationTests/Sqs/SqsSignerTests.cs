using Amazon.Runtime;
using Recollect.Connectors.Sqs;
using Xunit;

namespace Recollect.IntegrationTests.Sqs;

/// <summary>The signer on the vectors that AWS published for Signature Version 4.</summary>
public sealed class SqsSignerTests
{
    private static readonly ImmutableCredentials Published = new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token: null);
    private static readonly DateTimeOffset Then = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("GET", null, "", "host;x-amz-date", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")] // get-vanilla
    [InlineData("POST", null, "", "host;x-amz-date", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")] // post-vanilla
    [InlineData("POST", "application/x-www-form-urlencoded", "Param1=value1", "content-type;host;x-amz-date", "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a")] // post-x-www-form-urlencoded
    public void It_agrees_with_the_published_vectors(string method, string? contentType, string body, string signed, string signature)
    {
        List<KeyValuePair<string, string>> headers = [new("X-Amz-Date", "20150830T123600Z"), new("Host", "example.amazonaws.com")];
        if (contentType is not null)
        {
            headers.Add(new("Content-Type", contentType));
        }

        Assert.Equal(
            $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders={signed}, Signature={signature}",
            SqsSigner.Authorization(method, "/", headers, System.Text.Encoding.UTF8.GetBytes(body), Published, "us-east-1", "service", Then));
    }

    [Fact]
    public void A_call_signs_what_it_sends_and_the_token_of_a_session()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://localhost:4566/") { Content = new ByteArrayContent([1]) { Headers = { ContentType = new("application/x-amz-json-1.0") } } };
        request.Headers.Add("X-Amz-Target", "AmazonSQS.SendMessage");
        SqsSigner.Sign(request, [1], new ImmutableCredentials("AKIDEXAMPLE", "secret", "the-token"), "eu-central-1", Then);
        Assert.Equal("the-token", request.Headers.GetValues("X-Amz-Security-Token").Single());
        Assert.Equal("20150830T123600Z", request.Headers.GetValues("X-Amz-Date").Single());
        Assert.StartsWith(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/eu-central-1/sqs/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, Signature=",
            request.Headers.GetValues("Authorization").Single(), StringComparison.Ordinal);
    }
}

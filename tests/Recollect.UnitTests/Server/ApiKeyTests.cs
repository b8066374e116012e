using System.Security.Cryptography;
using Recollect.Server.Access;
using Xunit;

namespace Recollect.UnitTests.Server;

public sealed class ApiKeyTests
{
    [Fact]
    public void A_key_holds_256_random_bits_and_can_be_told_from_other_text()
    {
        var zeros = ApiKey.Create(bytes => bytes.Clear());
        var ones = ApiKey.Create(bytes => bytes.Fill(0xFF));

        Assert.Equal(("recollect_" + new string('A', 43), "recollect_" + new string('_', 42) + "8"), (zeros, ones));
        Assert.NotEqual(ApiKey.Create(RandomNumberGenerator.Fill), ApiKey.Create(RandomNumberGenerator.Fill), StringComparer.Ordinal);
    }

    [Fact]
    public void Its_hash_is_the_sha256_that_other_tools_compute()
    {
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", ApiKey.HashOf("abc"));
    }

    [Theory]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", true)]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD", true)]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a", false)]
    [InlineData("za7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", false)]
    [InlineData("", false)]
    public void Only_a_hash_passes_for_one(string text, bool expected)
    {
        Assert.Equal(expected, ApiKey.IsHash(text));
    }
}

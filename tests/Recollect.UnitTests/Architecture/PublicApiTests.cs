using System.Reflection;
using Recollect.Conformance;
using Xunit;

namespace Recollect.UnitTests.Architecture;

public sealed class PublicApiTests
{
    [Theory]
    [InlineData("Recollect")]
    [InlineData("Recollect.Connectors")]
    [InlineData("Recollect.Server")]
    public void The_public_API_is_the_one_that_was_approved(string assembly) =>
        Approved.Match($"PublicApi.{assembly}", PublicApi.Print(Assembly.Load(assembly)));
}

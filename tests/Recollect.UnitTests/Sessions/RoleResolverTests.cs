using Microsoft.Extensions.Options;
using Recollect.Sessions;
using Xunit;

namespace Recollect.UnitTests.Sessions;

public sealed class RoleResolverTests
{
    private static readonly SessionOptions People = new()
    {
        Godfather = "+972 50-123 4567",
        Admins = ["79001234568@c.us", "972501234569"],
        Blocked = ["972501234567", "15550001", "972501234569@c.us"],
    };

    private readonly RoleResolver _roles = new(Options.Create(People));

    [Theory]
    [InlineData("972501234567@c.us", SessionRole.Godfather)] // although blocked too
    [InlineData("972501234567", SessionRole.Godfather)]
    [InlineData("972501234567@lid", SessionRole.Godfather)]
    [InlineData("+7 900 123-45-68", SessionRole.Admin)]
    [InlineData("972501234569@c.us", SessionRole.Admin)] // although blocked too
    [InlineData("15550001@c.us", SessionRole.Blocked)]
    [InlineData("0501234567@c.us", SessionRole.Client)] // part of a number is another number
    [InlineData("972501234567-1581234048@g.us", SessionRole.Client)] // the godfather's group is not the godfather
    [InlineData("120363043968066561@g.us", SessionRole.Client)]
    [InlineData("dana", SessionRole.Client)]
    [InlineData("", SessionRole.Client)]
    [InlineData("@972501234567", SessionRole.Client)]
    public void A_person_is_known_by_digits(string person, SessionRole role) => Assert.Equal(role, _roles.Of(person));

    [Fact]
    public void Nobody_is_the_godfather_of_a_bot_without_one() => Assert.Equal(SessionRole.Client, new RoleResolver(Options.Create(new SessionOptions())).Of(""));

    [Fact]
    public void A_name_without_a_digit_is_refused()
    {
        var result = new SessionRolesValidator().Validate(null, new() { Godfather = "dana", Admins = ["1", "x"] });

        Assert.Equal(["Sessions:Godfather has no digit; write a phone number or an id.", "Sessions:Admins:1 has no digit; write a phone number or an id."], result.Failures, StringComparer.Ordinal);
    }
}

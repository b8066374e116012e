using Recollect.Chat;
using Xunit;

namespace Recollect.UnitTests.Chat;

public sealed class ChatMemorySettingsTests
{
    public static TheoryData<string, Action<ChatMemorySettings>> Wrong => new()
    {
        { "Top", options => options.Top = -1 },
        { "Top", options => options.Top = 51 },
        { "MinSimilarity", options => options.MinSimilarity = 1.01 },
        { "MinSimilarity", options => options.MinSimilarity = double.NaN },
        { "MaxCharacters", options => options.MaxCharacters = 499 },
        { "MaxCharacters", options => options.MaxCharacters = int.MaxValue },
        { "Patience", options => options.Patience = TimeSpan.Zero },
        { "Patience", options => options.Patience = TimeSpan.MaxValue },
        { "DefaultThread", options => options.DefaultThread = " " },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_out_of_range_is_refused_by_name(string name, Action<ChatMemorySettings> change)
    {
        var options = new ChatMemorySettings();
        change(options);

        Assert.Contains(name, Assert.ThrowsAny<ArgumentException>(options.Check).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_are_right() => new ChatMemorySettings().Check();
}

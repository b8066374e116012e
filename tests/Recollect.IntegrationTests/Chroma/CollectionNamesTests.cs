using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Recollect.Connectors.Chroma;
using Recollect.Conversations;
using Xunit;

namespace Recollect.IntegrationTests.Chroma;

public sealed partial class CollectionNamesTests
{
    private static readonly CollectionNames Names = new("memory_");

    [Theory]
    [InlineData("972501234567@c.us", "memory_972501234567")]
    [InlineData("120363043968066561@g.us", "memory_120363043968066561_at_g.us")]
    [InlineData("79876543210-1581234048@g.us", "memory_79876543210-1581234048_at_g.us")]
    [InlineData("120650379300963@lid", "memory_120650379300963_at_lid")]
    [InlineData("972501234567:12@c.us", "memory_972501234567_12")]
    [InlineData("972501234567:12@s.whatsapp.net", "memory_972501234567_12_at_s.whatsapp.net")]
    public void An_ordinary_chat_has_the_name_that_bots_before_gave_it(string chat, string name)
    {
        Assert.Equal(name, Names.Of(Of(chat)));
        Assert.Equal(chat, Names.UserOf(name));
        Assert.Equal(chat, Names.UserOf(CollectionNames.ForDimension(name, 512)));
        Assert.Equal(name, Names.CircleOf(CollectionNames.ForDimension(name, 512)));
    }

    [Theory]
    [InlineData("972501234567")]
    [InlineData("972501234567_12@c.us")]
    [InlineData("972501234567@C.US")]
    [InlineData("972501234567@c.us\n")]
    [InlineData("٩٧٢@c.us")]
    [InlineData("1@c.us@g.us")]
    [InlineData("1-d512@c.us")]
    [InlineData("h_00000000000000000000000000000000@c.us")]
    [InlineData("dana")]
    [InlineData("../../tenants")]
    public void Whoever_else_has_a_name_with_a_hash(string user)
    {
        Assert.Matches(Hashed(), Names.Of(Of(user)));
        Assert.Null(Names.UserOf(Names.Of(Of(user))));
    }

    [Fact]
    public void A_very_long_chat_id_has_a_name_with_a_hash() => Assert.Matches(Hashed(), Names.Of(Of($"{new string('1', 600)}@c.us")));

    [Fact]
    public void Other_tenants_and_scopes_of_the_same_chat_have_names_of_their_own()
    {
        const string Chat = "972501234567@c.us";
        string[] names =
        [
            Names.Of(Of(Chat)), Names.Of(Visibility.Of(new() { User = Chat, Tenant = "t2" })), Names.Of(Visibility.Of(new() { User = Chat, Scope = "ministry" })),
            Names.Of(Visibility.Of(new() { User = Chat, Scope = "ministry", Tenant = "t2" })), Names.Of(Visibility.Of(new() { User = Chat, Scope = Chat })),
        ];
        Assert.Equal(names.Length, names.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Names.Of(Visibility.Of(new() { User = "other", Scope = "ministry" })), names[2]); // shared within the tenant
    }

    [Fact]
    public void No_two_users_share_a_name_and_every_name_is_one_that_Chroma_takes()
    {
        var part = Gen.Elements("1", "12", "-", ":", "_", "@", "c.us", "g.us", "lid", "at", "_at_", "d5", "-d5", "h_", ".", "a", " ");
        var user = part.NonEmptyListOf().Select(string.Concat).Where(text => !string.IsNullOrWhiteSpace(text));
        Prop.ForAll(user.Two().ToArbitrary(), pair =>
        {
            var (left, right) = (Names.Of(Of(pair.Item1)), Names.Of(Of(pair.Item2)));
            return string.Equals(left, right, StringComparison.Ordinal) == string.Equals(pair.Item1, pair.Item2, StringComparison.Ordinal)
                && Taken().IsMatch(left) && string.Equals(Names.CircleOf(left), left, StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("godfather_memory")]
    [InlineData("memory_")]
    [InlineData("memory_notes")]
    [InlineData("memory_972501234567_at_example.org")]
    [InlineData("memory_h_12")]
    [InlineData("MEMORY_972501234567")]
    public void Collections_of_other_programs_are_none_of_ours(string name)
    {
        Assert.Null(Names.CircleOf(name));
        Assert.Null(Names.UserOf(name));
    }

    private static Visibility Of(string user) => Visibility.Of(new() { User = user });

    [GeneratedRegex(@"^memory_h_[0-9a-f]{32}\z", RegexOptions.None, 1_000)]
    private static partial Regex Hashed();

    [GeneratedRegex(@"^[a-zA-Z0-9][a-zA-Z0-9._-]{1,510}[a-zA-Z0-9]\z", RegexOptions.None, 1_000)]
    private static partial Regex Taken();
}

using Recollect.Cli.Scheduling.Systemd;
using Recollect.Conformance;
using Xunit;

namespace Recollect.UnitTests.Scheduling.Systemd;

public sealed class SystemdUnitsTests
{
    private const string Home = "/home";

    [Fact]
    public void The_units_of_the_system_are_as_approved()
    {
        var schedule = Schedules.Make(job: Schedules.Job("/srv/my bot") with { DotnetRoot = "/opt/dotnet" });

        Approved.Match("SystemService", SystemdUnits.Service(schedule, "Nightly run", account: "bot", isSystem: true));
        Approved.Match("Timer", SystemdUnits.Timer(schedule, "Nightly run"));
    }

    [Fact]
    public void The_service_of_a_user_is_as_approved()
    {
        Approved.Match("UserService", SystemdUnits.Service(Schedules.Make(), "Nightly run", account: null, isSystem: false));
    }

    [Theory]
    [InlineData(Home + "/dana/bot", "ProtectHome=read-only", "PrivateTmp=yes")]
    [InlineData("/root", "ProtectHome=read-only", "PrivateTmp=yes")]
    [InlineData("/srv/bot", "ProtectHome=tmpfs", "PrivateTmp=yes")]
    [InlineData("/homes/dana", "ProtectHome=tmpfs", "PrivateTmp=yes")]
    [InlineData("/var/tmp/bot", "ProtectHome=tmpfs", "# PrivateTmp is left out: the program uses files there.")]
    public void What_the_program_uses_is_not_hidden_from_it(string folder, params string[] lines)
    {
        var sandbox = SystemdSandbox.OfSystem(Schedules.Job(folder));

        Assert.All(lines, line => Assert.Contains(line, sandbox, StringComparer.Ordinal));
        Assert.Contains($"ReadWritePaths={folder} /opt/recollect/artifacts", sandbox, StringComparer.Ordinal);
    }

    [Fact]
    public void Chats_in_a_home_can_be_read()
    {
        Assert.Contains("ProtectHome=read-only", SystemdSandbox.OfSystem(Schedules.Job() with { Reads = [Home + "/dana/chats/*.jsonl"] }), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("/srv/plain", "/srv/plain", "/srv/plain", "/srv/plain")]
    [InlineData("/a b", "\"/a b\"", "\"/a b\"", "/a b")]
    [InlineData("/100%", "\"/100%%\"", "\"/100%%\"", "/100%%")]
    [InlineData("/$HOME", "\"/$HOME\"", "\"/$$HOME\"", "/$HOME")]
    [InlineData("/q\"'\\", "\"/q\\\"'\\\\\"", "\"/q\\\"'\\\\\"", "/q\"'\\/")]
    [InlineData("/é ", "\"/é \"", "\"/é \"", "/é /")]
    public void Words_are_written_so_that_they_are_read_as_they_are(string path, string word, string argument, string line)
    {
        Assert.Equal((word, argument, line), (SystemdText.Word(path), SystemdText.Argument(path), SystemdText.Line(path)));
    }
}

using System.Diagnostics;
using Recollect.EndToEndTests.Wrapper;
using Xunit;

namespace Recollect.EndToEndTests.Commands;

public sealed class FullDiskTests : IDisposable
{
    private const int Conversations = 1_500;

    private readonly Workplace _place = new();
    private bool _isMounted;

    [Fact]
    public async Task On_a_full_disk_it_says_so_and_goes_on_from_there_once_there_is_room()
    {
        await MountAsync();
        _place.Write("chats.jsonl", Chats.Many(Conversations, messages: 4));

        var full = await _place.RunAsync("backfill", "--from", "chats.jsonl", "--data-root", "disk/data");
        var again = await _place.RunAsync("backfill", "--from", "chats.jsonl", "--data-root", "disk/data");
        Assert.Equal(0, (await Starter.RunAsync("mount", _place.Root, ["-o", "remount,size=256m", _place.PathOf("disk")])).ExitCode);
        var after = await _place.JsonAsync("backfill", "--from", "chats.jsonl", "--data-root", "disk/data");
        await _place.JsonAsync("backfill", "--from", "chats.jsonl", "--data-root", "roomy");

        Assert.All([full, again], result =>
        {
            Assert.Equal(3, result.ExitCode);
            Assert.Contains("Free some space", result.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        });
        RunJsonAssert.Did(after, created: after.Number("created"), unchanged: Conversations - after.Number("created"));
        Assert.InRange(after.Number("created"), 1, Conversations);
        Assert.Equal(await _place.ExportAsync("roomy"), await _place.ExportAsync("disk/data"));
    }

    [Fact]
    public async Task A_disk_that_is_full_from_the_start_is_named_without_a_stack_trace()
    {
        await MountAsync();
        _place.Write("chats.jsonl", Chats.Small);
        await Starter.RunAsync("bash", _place.Root, ["-c", "cat /dev/zero > disk/ballast"]);

        var backfill = await _place.RunAsync("backfill", "--from", "chats.jsonl", "--data-root", "disk/data");
        await _place.RunAsync("backfill", "--from", "chats.jsonl");
        var export = await _place.RunAsync("export", "disk/out.jsonl");

        Assert.Equal((3, 3), (backfill.ExitCode, export.ExitCode));
        Assert.Contains("Free some space", backfill.Error, StringComparison.Ordinal);
        Assert.Contains("free space", export.Error, StringComparison.Ordinal);
        Assert.All([backfill, export], result => Assert.InRange(result.Error.TrimEnd('\n').Split('\n').Length, 1, 2));
        Assert.Contains("disk/out.jsonl", export.Error, StringComparison.Ordinal);
        Assert.Equal(["ballast"], Directory.EnumerateFiles(_place.PathOf("disk")).Select(path => Path.GetFileName(path)), StringComparer.Ordinal);
    }

    public void Dispose()
    {
        if (_isMounted)
        {
            using var unmount = Process.Start("umount", [_place.PathOf("disk")]);
            unmount.WaitForExit();
        }

        _place.Dispose();
    }

    private async Task MountAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "needs the right to mount");
        Directory.CreateDirectory(_place.PathOf("disk"));
        var mount = await Starter.RunAsync("mount", _place.Root, ["-t", "tmpfs", "-o", "size=3m", "tmpfs", _place.PathOf("disk")]);
        _isMounted = mount.ExitCode == 0;
        Assert.SkipUnless(_isMounted, "needs the right to mount");
    }
}

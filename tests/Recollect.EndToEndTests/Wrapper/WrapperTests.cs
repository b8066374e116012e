using Xunit;

namespace Recollect.EndToEndTests.Wrapper;

public sealed class WrapperTests : IDisposable
{
    private readonly StandInCheckout _checkout = new();

    [Fact]
    public async Task It_builds_at_the_first_start_only_and_says_so_beside_the_output()
    {
        var first = await _checkout.StartAsync("status");
        var second = await _checkout.StartAsync("status");

        Assert.Equal(1, _checkout.Builds);
        Assert.Contains("Building Recollect (once)", first.Error, StringComparison.Ordinal);
        Assert.Equal(first.Output, second.Output);
        Assert.Empty(second.Error);
    }

    [Fact]
    public async Task Arguments_and_exit_code_pass_through_unchanged()
    {
        string[] arguments = ["recall", "two words", "", "*.jsonl", "a'b\"c", "--top", "5", "-n", "é🙂"];

        var result = await _checkout.StartWithAsync("STAND_IN_EXIT", "3", arguments);

        Assert.Equal(3, result.ExitCode);
        Assert.Equal([_checkout.Root, .. arguments], result.Output.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task The_callers_folder_stays_the_callers_and_a_link_leads_home()
    {
        var link = _checkout.PathOf("a link");
        File.CreateSymbolicLink(link, "recollect");
        var elsewhere = Directory.CreateDirectory(_checkout.PathOf("else where")).FullName;

        var linked = await _checkout.StartAsync(link, elsewhere);
        var relative = await _checkout.StartAsync("/usr/bin/env", elsewhere, "bash", "../recollect");

        Assert.Equal(elsewhere, linked.Output.TrimEnd('\n'));
        Assert.Equal(elsewhere, relative.Output.TrimEnd('\n'));
        Assert.Equal(1, _checkout.Builds);
    }

    [Fact]
    public async Task The_program_is_told_through_what_it_was_started()
    {
        var result = await _checkout.StartWithAsync("STAND_IN_SHOW", "RECOLLECT_WRAPPER", "schedule");

        Assert.Equal([_checkout.Root, "schedule", _checkout.PathOf("recollect")], result.Output.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task The_build_records_a_start_apart_from_the_callers_settings_and_later_starts_only_read_it()
    {
        await _checkout.StartWithAsync("STAND_IN_SHOW", "PWD", "status");
        var starts = _checkout.Starts.ToList();

        Assert.Equal(3, starts.Count);
        Assert.StartsWith("backfill --from ", starts[0][1], StringComparison.Ordinal);
        Assert.StartsWith("recall ", starts[1][1], StringComparison.Ordinal);
        Assert.All(starts[..2], start => Assert.NotEqual(_checkout.Root, start[0], StringComparer.Ordinal));
        Assert.All(starts[..2], start => Assert.Equal("start", start[2]));
        Assert.Equal(("", ""), (starts[1][3], starts[1][4]));
        Assert.Equal([_checkout.Root, "status", "start", "1", "PWD", ""], starts[2]);
        Assert.False(Directory.Exists(starts[0][0]));
    }

    [Fact]
    public async Task A_start_that_cannot_be_recorded_is_only_slower()
    {
        _checkout.Write("sdk/program", "#!/usr/bin/env bash\n[[ $1 == status ]] && echo done", isProgram: true);

        var result = await _checkout.StartAsync("status");

        Assert.Equal((0, "done\n"), (result.ExitCode, result.Output));
        Assert.DoesNotContain("backfill", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_start_cannot_be_recorded_apart_it_is_not_recorded_at_all()
    {
        var result = await _checkout.StartWithAsync("STAND_IN_BUILD", "blocks", "status");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("status", Assert.Single(_checkout.Starts)[1]);
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("changed with an old time")]
    [InlineData("added")]
    [InlineData("deleted")]
    [InlineData("renamed")]
    public async Task It_builds_again_after_a_source_file_was(string what)
    {
        await _checkout.StartAsync();
        var file = _checkout.PathOf("src/inner/B.cs");
        switch (what)
        {
            case "added":
                _checkout.Write("src/C.cs", "three");
                break;
            case "deleted":
                File.Delete(file);
                break;
            case "renamed":
                File.Move(file, _checkout.PathOf("src/inner/D.cs"));
                break;
            default:
                await File.AppendAllTextAsync(file, "more", TestContext.Current.CancellationToken);
                break;
        }

        if (what is "changed with an old time")
        {
            File.SetLastWriteTimeUtc(file, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        await _checkout.StartAsync();
        await _checkout.StartAsync();

        Assert.Equal(2, _checkout.Builds);
    }

    [Fact]
    public async Task A_file_that_is_no_source_causes_no_build()
    {
        await _checkout.StartAsync();
        _checkout.Write("data/memories.db", "rows");
        _checkout.Write("README.md", "words");

        await _checkout.StartAsync();

        Assert.Equal(1, _checkout.Builds);
    }

    [Fact]
    public async Task A_build_that_fails_shows_its_errors_and_is_tried_again()
    {
        var failed = await _checkout.StartWithAsync("STAND_IN_BUILD", "fails");
        var next = await _checkout.StartAsync();

        Assert.Equal(2, failed.ExitCode);
        Assert.Empty(failed.Output);
        Assert.Contains("error CS1002", failed.Error, StringComparison.Ordinal);
        Assert.Contains("build.log", failed.Error, StringComparison.Ordinal);
        Assert.Equal(0, next.ExitCode);
    }

    [Fact]
    public async Task A_build_that_was_killed_is_made_again()
    {
        var killed = await _checkout.StartWithAsync("STAND_IN_BUILD", "dies");
        var next = await _checkout.StartAsync();

        Assert.NotEqual(0, killed.ExitCode);
        Assert.Equal(0, next.ExitCode);
        Assert.Equal(2, _checkout.Builds);
        Assert.Single(Directory.GetDirectories(_checkout.PathOf("artifacts/recollect"), "app-*"));
    }

    [Fact]
    public async Task Where_nothing_can_be_compiled_ahead_it_builds_plainly()
    {
        var result = await _checkout.StartWithAsync("STAND_IN_BUILD", "plain");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(2, _checkout.Builds);
    }

    [Fact]
    public async Task Many_first_starts_at_once_build_once()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _checkout.StartAsync("status")));

        Assert.All(results, result => Assert.Equal(0, result.ExitCode));
        Assert.Equal(1, _checkout.Builds);
    }

    [Fact]
    public async Task A_program_that_runs_during_a_build_keeps_its_files()
    {
        await _checkout.StartAsync();
        var running = Directory.GetDirectories(_checkout.PathOf("artifacts/recollect"), "app-*").Single();
        _checkout.Write("src/A.cs", "changed");

        await _checkout.StartAsync();

        Assert.True(File.Exists(Path.Combine(running, "Recollect.Cli")));
    }

    public void Dispose() => _checkout.Dispose();
}

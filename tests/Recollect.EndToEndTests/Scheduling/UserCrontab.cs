using System.Globalization;
using Recollect.EndToEndTests.Wrapper;
using Xunit;

namespace Recollect.EndToEndTests.Scheduling;

/// <summary>
/// The real crontab of a user who exists for one test. The program is led to it by a <c>crontab</c> on its path that
/// starts the real one for that user. Without root there can be no such user: then it is one's own, which is put back, on CI only.
/// </summary>
internal sealed class UserCrontab : IAsyncDisposable
{
    private static int _count;

    private readonly string _crontab;
    private readonly string? _user;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recollect-crontab-");
    private byte[]? _own;

    private UserCrontab(string crontab, string? user) => (_crontab, _user) = (crontab, user);

    /// <summary>Gets the path on which the program finds the crontab command.</summary>
    public string SearchPath => $"{_folder.FullName}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";

    /// <summary>Gets the times that the program changed the crontab.</summary>
    public int Writes => File.Exists(Log) ? File.ReadLines(Log).Count(line => line is not "-l") : 0;

    private string Log => Path.Combine(_folder.FullName, "log");

    public static async Task<UserCrontab> CreateAsync()
    {
        var crontab = RealTools.Require("crontab");
        if (!Environment.IsPrivilegedProcess)
        {
            RealTools.SkipUnless(RealTools.IsCi, "it would change your own crontab");
            var own = new UserCrontab(crontab, user: null);
            own._own = await own.ReadAsync();
            await own.WriteAsync(null);
            own.WriteStarter();
            return own;
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"rec{Environment.ProcessId}x{Interlocked.Increment(ref _count)}");
        await RunAsync(RealTools.Require("useradd"), "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name);
        var created = new UserCrontab(crontab, name);
        created.WriteStarter();
        return created;
    }

    /// <summary>Reads the crontab as it lies on disk, through the real command; null for none.</summary>
    public async Task<byte[]?> ReadAsync()
    {
        var copy = Path.Combine(_folder.FullName, "copy");
        var result = await Starter.RunAsync("/bin/sh", _folder.FullName, ["-c", "exec \"$0\" \"$@\" >copy", _crontab, .. Of("-l")]);
        Assert.True(result.ExitCode == 0 || result.Error.Contains("no crontab for", StringComparison.Ordinal), result.Error);
        return result.ExitCode == 0 ? await File.ReadAllBytesAsync(copy, TestContext.Current.CancellationToken) : null;
    }

    /// <summary>Installs a crontab through the real command; null for none.</summary>
    public async Task WriteAsync(byte[]? content)
    {
        if (content is null)
        {
            await Starter.RunAsync(_crontab, _folder.FullName, Of("-r"));
            return;
        }

        var file = Path.Combine(_folder.FullName, "new");
        await File.WriteAllBytesAsync(file, content, CancellationToken.None);
        await RunAsync(_crontab, Of(file));
    }

    public async ValueTask DisposeAsync()
    {
        await WriteAsync(_own);
        if (_user is not null)
        {
            await RunAsync(RealTools.Require("userdel"), _user);
        }

        _folder.Delete(recursive: true);
    }

    private string[] Of(string argument) => _user is null ? [argument] : ["-u", _user, argument];

    private void WriteStarter()
    {
        var path = Path.Combine(_folder.FullName, "crontab");
        File.WriteAllText(path, $"#!/bin/sh\necho \"$*\" >>'{Log}'\nexec {_crontab} {(_user is null ? string.Empty : $"-u {_user}")} \"$@\"\n");
        Starter.MakeProgram(path);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var result = await Starter.RunAsync(program, Path.GetTempPath(), arguments);
        Assert.True(result.ExitCode == 0, $"{program}: {result.Error}");
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Recollect.Conformance.Servers;

/// <summary>What every stand-in of this machine is made of.</summary>
public static class LocalServer
{
    /// <summary>Makes a quiet server for a free port of this machine, which takes bodies of any size and ends at once. It is not started.</summary>
    public static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(static kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.Zero);
        return builder.Build();
    }

    /// <summary>Answers nothing until the caller gives up.</summary>
    /// <param name="context">The request.</param>
    public static async Task KeepSilentAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var gaveUp = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gaveUp.SetResult);
        await gaveUp.Task;
    }
}

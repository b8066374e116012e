using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recollect.Server.Web.Audit;
using Recollect.Server.Web.Health;
using Recollect.Server.Web.Overview;
using Recollect.Server.Web.SignIn;

namespace Recollect.Server.Web;

/// <summary>Registers the pages.</summary>
internal static class WebServices
{
    private const string KeyFolder = "web-keys";

    /// <summary>Adds the pages to the server.</summary>
    public static IServiceCollection AddWeb(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddAntiforgery(static options =>
        {
            options.Cookie.Name = "recollect-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.FormFieldName = "form_token";
        });
        services.AddDataProtection().SetApplicationName("Recollect");
        services.AddOptions<KeyManagementOptions>().Configure<IOptions<DataOptions>, ILoggerFactory>(static (options, data, loggers) =>
            options.XmlRepository = new FileSystemXmlRepository(new(Folder(data.Value.Root)), loggers));
        services.AddLogging(static logging => logging
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error) // that keys lie unencrypted in a folder of their owner alone is meant
            .AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error)); // and that a page with a form is not cached
        services.AddSingleton<AuditLog>();
        services.AddSingleton<SignInAttempts>();
        services.AddSingleton<StatusCache>();
        services.AddSingleton<FirstVisit>();
        services.AddSingleton<LastExamination>();
        services.AddSingleton<WebSessions>();
        return services;
    }

    private static string Folder(string dataRoot)
    {
        var folder = Path.Combine(Path.GetFullPath(dataRoot), KeyFolder);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return folder;
    }
}

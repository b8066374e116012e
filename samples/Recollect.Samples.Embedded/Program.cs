// A service that keeps a memory of files of chats, and recalls from it. Settings: --Root, --Chats, --User, --Question, --Every.
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recollect.Connectors;
using Recollect.Samples.Embedded;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.ClearProviders().AddSimpleConsole(options => options.SingleLine = true);
builder.Services.AddRecollect(options =>
{
    options.Root = builder.Configuration["Root"] ?? "data";
    options.Files.Add(builder.Configuration["Chats"] ?? Path.Combine(AppContext.BaseDirectory, "chats"));
});
builder.Services.AddHostedService<MemoryKeeper>();
using var host = builder.Build();
await host.RunAsync();

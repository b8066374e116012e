using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;

namespace Recollect.IntegrationTests.Web;

/// <summary>Notes what pages should not do: errors, breaches of their policy, dialogs, and requests to other hosts.</summary>
internal sealed class PageWatch
{
    private const string Refusal = "Failed to load resource: the server responded with a status of";

    private readonly ConcurrentQueue<string> _wrong = new();
    private readonly ConcurrentDictionary<string, bool> _refused = new(StringComparer.Ordinal); // documents that were answered with a problem page, of which the browser says so
    private readonly string _host;

    public PageWatch(IBrowserContext context, Uri server)
    {
        _host = server.Authority;
        context.Console += (_, message) => OnConsole(message);
        context.WebError += (_, error) => _wrong.Enqueue($"error: {error.Error}");
        context.Dialog += (_, dialog) => OnDialog(dialog);
        context.Request += (_, request) => OnRequest(new Uri(request.Url));
        context.Response += (_, response) => OnResponse(response);
    }

    public void AssertNothingWrong() => Assert.Equal([], _wrong.Where(line => !_refused.Keys.Any(url => line.StartsWith($"{Refusal} {url}:", StringComparison.Ordinal))), StringComparer.Ordinal);

    private void OnConsole(IConsoleMessage message)
    {
        if (message.Type is "error" or "warning" or "assert")
        {
            _wrong.Enqueue(message.Text.StartsWith(Refusal, StringComparison.Ordinal) ? $"{Refusal} {message.Location}" : $"{message.Type}: {message.Text} ({message.Location})");
        }
    }

    private void OnDialog(IDialog dialog)
    {
        _wrong.Enqueue($"dialog: {dialog.Message}");
        _ = dialog.DismissAsync();
    }

    private void OnRequest(Uri url)
    {
        if (url.Scheme is not ("data" or "about") && !string.Equals(url.Authority, _host, StringComparison.Ordinal))
        {
            _wrong.Enqueue($"request: {url}");
        }
    }

    private void OnResponse(IResponse response)
    {
        if (response.Status >= 400 && response.Request.IsNavigationRequest)
        {
            _refused.TryAdd(response.Url, true);
        }
    }
}

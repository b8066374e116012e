namespace Recollect.Server.Web;

/// <summary>Marks a route that people open in a browser: who asks is known by a cookie, and failures are pages.</summary>
/// <param name="IsOpen">Whether it is shown before anybody has signed in.</param>
internal sealed record WebPage(bool IsOpen = false);

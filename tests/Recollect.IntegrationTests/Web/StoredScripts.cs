namespace Recollect.IntegrationTests.Web;

/// <summary>Texts that a page which does not take care would run, or change its shape by. What they run opens a dialog.</summary>
internal static class StoredScripts
{
    private static readonly string[] Escapes = [string.Empty, "\">", "'>", "</p></main></title></textarea>", "-->", "</script></style>", "\u202e]]>", "\" autofocus tabindex=1 onfocus=alert('ran') x=\""];

    private static readonly string[] Scripts =
    [
        "<script>alert('ran')</script>",
        "<ScRiPt src=//elsewhere.example/x.js></sCrIpT>",
        "<img src=x onerror=alert('ran')>",
        "<img src='https://elsewhere.example/pixel.gif'>",
        "<svg/onload=alert('ran')>",
        "<svg><animate onbegin=alert('ran') attributeName=x dur=1s>",
        "<svg><script>alert&#40;'ran')</script></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert('ran')>",
        "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
        "<object data='data:text/html,<script>alert(1)</script>'></object>",
        "<embed src=javascript:alert('ran')>",
        "<base href='https://elsewhere.example/'>",
        "<meta http-equiv=refresh content='0;url=https://elsewhere.example/'>",
        "<link rel=stylesheet href=https://elsewhere.example/x.css>",
        "<style>@import 'https://elsewhere.example/x.css';body{display:none}</style>",
        "<form action=https://elsewhere.example/><input name=key autofocus onfocus=alert('ran')>",
        "<details open ontoggle=alert('ran')>",
        "<video><source onerror=alert('ran')></video>",
        "<a href=javascript:alert('ran')>press</a>",
        "<body onload=alert('ran')>",
        "javascript:alert('ran')",
        "{{constructor.constructor('alert(1)')()}}@(alert('ran'))${alert('ran')}",
        "<noscript><p title=\"</noscript><img src=x onerror=alert('ran')>\">",
        "&lt;script&gt;alert('ran')&lt;/script&gt;",
        "<a href=\"java\tscript:alert('ran')\" style=position:fixed;inset:0>press</a>",
    ];

    /// <summary>Gets the 200 texts.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Escapes.SelectMany(escape => Scripts.Select(script => escape + script))];
}

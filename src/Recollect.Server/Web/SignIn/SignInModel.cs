namespace Recollect.Server.Web.SignIn;

/// <summary>What the form of signing in shows.</summary>
/// <param name="Next">Where it goes then.</param>
/// <param name="Problem">What was wrong; null for nothing.</param>
public sealed record SignInModel(string Next, string? Problem);

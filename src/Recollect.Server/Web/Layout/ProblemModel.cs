namespace Recollect.Server.Web.Layout;

/// <summary>What could not be shown.</summary>
/// <param name="Status">The status of HTTP.</param>
/// <param name="Detail">What is wrong and what to do; empty where only the log may say it.</param>
public sealed record ProblemModel(int Status, string Detail);

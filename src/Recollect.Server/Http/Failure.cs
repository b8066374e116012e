namespace Recollect.Server.Http;

/// <summary>Says in a log what failed.</summary>
internal static class Failure
{
    /// <summary>Gets the message where it is ours, and else only the kind of error and its place: foreign messages may hold people's text.</summary>
    public static string Describe(Exception failure) =>
        failure is RecollectException ? failure.Message : $"{failure.GetType().Name} in {failure.TargetSite?.DeclaringType?.FullName}.{failure.TargetSite?.Name}";
}

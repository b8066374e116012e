using System.Reflection;

namespace Recollect.UnitTests.Architecture;

/// <summary>Stands before an implementation of a seam and notes each call by name.</summary>
public class SeamRecorder<T> : DispatchProxy
    where T : class
{
    private T? _inner;
    private List<string>? _calls;

    internal static T Of(T inner, List<string> calls)
    {
        var proxy = Create<T, SeamRecorder<T>>();
        var self = (SeamRecorder<T>)(object)proxy;
        (self._inner, self._calls) = (inner, calls);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var result = targetMethod!.Invoke(_inner, BindingFlags.DoNotWrapExceptions, null, args, null);
        if (targetMethod.IsSpecialName)
        {
            return targetMethod.ReturnType.IsInterface && targetMethod.ReturnType.Namespace is "Recollect.State" ? Part(targetMethod.ReturnType, result!) : result;
        }

        if (targetMethod.Name is not ("GetService" or "Dispose"))
        {
            _calls!.Add($"{NameOf(typeof(T))}.{targetMethod.Name}");
        }

        return result;
    }

    private static string NameOf(Type type) => type.IsGenericType ? type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)] : type.Name;

    private object Part(Type type, object part) =>
        typeof(SeamRecorder<>).MakeGenericType(type).GetMethod(nameof(Of), BindingFlags.NonPublic | BindingFlags.Static)!.Invoke(null, [part, _calls])!;
}

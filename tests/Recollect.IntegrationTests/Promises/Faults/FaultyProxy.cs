using System.Reflection;

namespace Recollect.IntegrationTests.Promises.Faults;

/// <summary>Stands before an implementation of a seam and lets calls fail as a plan says.</summary>
public class FaultyProxy<T> : DispatchProxy
    where T : class
{
    private const BindingFlags Hidden = BindingFlags.NonPublic | BindingFlags.Static;

    private static readonly MethodInfo AfterPlainCall = typeof(FaultyProxy<T>).GetMethod(nameof(ThenThrowAsync), Hidden)!;
    private static readonly MethodInfo AfterCallWithResult = typeof(FaultyProxy<T>).GetMethod(nameof(ThenThrowResultAsync), Hidden)!;

    private readonly Dictionary<string, object> _parts = new(StringComparer.Ordinal);
    private T? _inner;
    private FaultPlan? _plan;

    /// <summary>Makes the stand-in.</summary>
    internal static T Of(T inner, FaultPlan plan)
    {
        var proxy = Create<T, FaultyProxy<T>>();
        var self = (FaultyProxy<T>)(object)proxy;
        (self._inner, self._plan) = (inner, plan);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.IsSpecialName)
        {
            return Part(targetMethod.Name, targetMethod.ReturnType, Call(targetMethod, args)!);
        }

        if (targetMethod.Name is "GetService" or "Dispose")
        {
            return Call(targetMethod, args);
        }

        var failure = _plan!.Before(typeof(T), targetMethod.Name);
        var result = Call(targetMethod, args);
        return failure is null ? result : ThenThrow(targetMethod.ReturnType, result, failure);
    }

    private static object? ThenThrow(Type type, object? result, Exception failure) =>
        type == typeof(ValueTask) ? AfterPlainCall.Invoke(null, [result, failure])
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>)
            ? AfterCallWithResult.MakeGenericMethod(type.GenericTypeArguments[0]).Invoke(null, [result, failure])
        : throw failure;

    private static async ValueTask ThenThrowAsync(ValueTask call, Exception failure)
    {
        await call;
        throw failure;
    }

    private static async ValueTask<TResult> ThenThrowResultAsync<TResult>(ValueTask<TResult> call, Exception failure)
    {
        if (await call is IAsyncDisposable lost) // a lock that nobody got, as the system would give it back
        {
            await lost.DisposeAsync();
        }

        throw failure;
    }

    private object? Call(MethodInfo method, object?[]? args) => method.Invoke(_inner, BindingFlags.DoNotWrapExceptions, null, args, null);

    private object Part(string name, Type type, object value)
    {
        if (!type.IsInterface)
        {
            return value;
        }

        lock (_parts)
        {
            return _parts.TryGetValue(name, out var part)
                ? part
                : _parts[name] = typeof(FaultyProxy<>).MakeGenericType(type).GetMethod(nameof(Of), Hidden)!.Invoke(null, [value, _plan])!;
        }
    }
}

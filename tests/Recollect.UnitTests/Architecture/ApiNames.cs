using System.Reflection;

namespace Recollect.UnitTests.Architecture;

/// <summary>Names types as C# does, with a question mark where null is allowed.</summary>
internal static class ApiNames
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
    };

    public static string Of(PropertyInfo property) => Of(property.PropertyType, Nullable(() => Nullability.Create(property)));

    public static string Of(FieldInfo field) => Of(field.FieldType, Nullable(() => Nullability.Create(field)));

    public static string Of(ParameterInfo parameter) => Of(parameter.ParameterType, Nullable(() => Nullability.Create(parameter)));

    public static string Of(Type type) => Of(type, nullability: null);

    /// <summary>Gets the name without type parameters.</summary>
    public static string Simple(Type type) => type.Name.Split('`')[0];

    private static string Of(Type type, NullabilityInfo? nullability)
    {
        if (System.Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying) + "?";
        }

        var mark = !type.IsValueType && nullability?.ReadState is NullabilityState.Nullable ? "?" : "";
        return Plain(type, nullability) + mark;
    }

    private static string Plain(Type type, NullabilityInfo? nullability)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!);
        }

        if (type.IsArray)
        {
            return Of(type.GetElementType()!, nullability?.ElementType) + "[]";
        }

        var outer = type.IsNested && !type.IsGenericParameter ? Of(type.DeclaringType!) + "." : "";
        return outer + Keywords.GetValueOrDefault(type, Simple(type)) + Arguments(type, nullability);
    }

    private static string Arguments(Type type, NullabilityInfo? nullability)
    {
        if (!type.IsGenericType)
        {
            return "";
        }

        var known = nullability?.GenericTypeArguments ?? [];
        var names = type.GetGenericArguments().Select((argument, i) => Of(argument, i < known.Length ? known[i] : null));
        return $"<{string.Join(", ", names)}>";
    }

    /// <summary>The context is not safe for concurrent use.</summary>
    private static NullabilityInfo Nullable(Func<NullabilityInfo> create)
    {
        lock (Nullability)
        {
            return create();
        }
    }
}

using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Recollect.UnitTests.Architecture;

/// <summary>Prints one member of a type in C#'s words.</summary>
internal static class ApiMembers
{
    public static string Print(ConstructorInfo constructor) =>
        $"{Access(constructor)}{ApiNames.Simple(constructor.DeclaringType!)}({Parameters(constructor)});";

    public static string Print(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(ApiNames.Of))}>" : "";
        return $"{Access(method)}{Modifiers(method)}{ApiNames.Of(method.ReturnParameter)} {method.Name}{generic}({Parameters(method)});";
    }

    public static string Print(PropertyInfo property, Func<MethodInfo, bool> isVisible)
    {
        var getter = property.GetMethod is { } get && isVisible(get) ? "get; " : "";
        var setter = property.SetMethod is { } set && isVisible(set) ? (IsInit(set) ? "init; " : "set; ") : "";
        var required = property.IsDefined(typeof(RequiredMemberAttribute), inherit: false) ? "required " : "";
        var accessor = property.GetAccessors(nonPublic: true).First(isVisible);
        return $"{Access(accessor)}{required}{Modifiers(accessor)}{ApiNames.Of(property)} {property.Name} {{ {getter}{setter}}}";
    }

    public static string Print(FieldInfo field)
    {
        var kind = field.IsLiteral ? "const " : field.IsStatic ? "static readonly " : "";
        var value = field.IsLiteral ? $" = {Value(field.GetRawConstantValue())}" : "";
        return $"{kind}{ApiNames.Of(field)} {field.Name}{value};";
    }

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifiers(MethodInfo method) =>
        method.IsStatic ? "static "
        : method.DeclaringType!.IsInterface ? ""
        : method.IsAbstract ? "abstract "
        : method.GetBaseDefinition() != method ? "override "
        : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "";

    private static string Parameters(MethodBase method)
    {
        var prefix = method.IsDefined(typeof(ExtensionAttribute), inherit: false) ? "this " : "";
        return prefix + string.Join(", ", method.GetParameters().Select(Parameter));
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var kind = parameter.IsDefined(typeof(ParamArrayAttribute), inherit: false) || parameter.IsDefined(typeof(ParamCollectionAttribute), inherit: false) ? "params "
            : parameter.IsOut ? "out "
            : parameter.ParameterType.IsByRef ? (parameter.IsIn ? "in " : "ref ") : "";
        var value = parameter.HasDefaultValue ? $" = {Value(parameter.DefaultValue)}" : "";
        return $"{kind}{ApiNames.Of(parameter)} {parameter.Name}{value}";
    }

    private static string Value(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool yes => yes ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
}

using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Serialization;
using System.Text;

namespace Recollect.UnitTests.Architecture;

/// <summary>Prints what an assembly offers, one line a member, in an order that does not change.</summary>
internal static class PublicApi
{
    private const string Pages = "Recollect.Server.Web"; // public because the compiler of components makes them so; nobody builds on them

    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Print(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().Where(type => type.Namespace?.StartsWith(Pages, StringComparison.Ordinal) != true).OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.AppendLine(Header(type));
            foreach (var line in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("    ").AppendLine(line);
            }
        }

        return text.ToString();
    }

    private static string Header(Type type)
    {
        var bases = type.IsEnum || type.BaseType is null || type.BaseType == typeof(object) || type.BaseType == typeof(ValueType)
            ? []
            : new[] { ApiNames.Of(type.BaseType) };
        var inherited = bases.Concat(type.GetInterfaces().Where(IsWorthNaming).Select(ApiNames.Of).Order(StringComparer.Ordinal)).ToArray();
        return $"{Kind(type)} {type.Namespace}.{ApiNames.Of(type)}{(inherited.Length == 0 ? "" : " : " + string.Join(", ", inherited))}";
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => type.GetMethod("PrintMembers", Declared) is null ? "struct" : "record struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        _ => $"{(type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "")}{(IsRecord(type) ? "record" : "class")}",
    };

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), null)}");
        }

        var members = type.GetMembers(Declared).Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false));
        return members.Select(member => member switch
        {
            ConstructorInfo constructor when IsVisible(constructor) => ApiMembers.Print(constructor),
            MethodInfo method when IsVisible(method) && (!method.IsSpecialName || IsOperator(method)) => ApiMembers.Print(method),
            PropertyInfo property when property.GetAccessors(nonPublic: true).Any(IsVisible) => ApiMembers.Print(property, IsVisible),
            FieldInfo field when field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly => ApiMembers.Print(field),
            EventInfo @event when IsVisible(@event.AddMethod!) => $"event {ApiNames.Of(@event.EventHandlerType!)} {@event.Name};",
            _ => null,
        }).OfType<string>();
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsOperator(MethodInfo method) => method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static bool IsWorthNaming(Type type) =>
        type.IsVisible && type != typeof(ISerializable) && !(type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEquatable<>));
}

using Microsoft.AspNetCore.Http;
using Recollect.Conversations;
using Recollect.Server.Access;
using Recollect.Server.Http;

namespace Recollect.Server.Web;

/// <summary>The fields by which addresses of pages name an owner.</summary>
internal static class OwnerFields
{
    private static readonly string[] Names = ["user", "scope", "tenant"];

    /// <summary>Gets the fields of an owner.</summary>
    public static string Query(string tenant, string user, string scope)
    {
        var query = $"user={Uri.EscapeDataString(user)}";
        query += string.Equals(scope, Owner.PersonalScope, StringComparison.Ordinal) ? string.Empty : $"&scope={Uri.EscapeDataString(scope)}";
        return query + (string.Equals(tenant, Owner.DefaultTenant, StringComparison.Ordinal) ? string.Empty : $"&tenant={Uri.EscapeDataString(tenant)}");
    }

    /// <summary>Gets the fields of an owner.</summary>
    public static string Query(Owner owner) => Query(owner.Tenant, owner.User, owner.Scope);

    /// <summary>Reads who is meant.</summary>
    /// <param name="context">The request.</param>
    /// <param name="owner">Whom it names; null where it names nobody, as a form does that is shown for the first time.</param>
    /// <param name="others">Other fields of the page.</param>
    /// <returns>All fields.</returns>
    /// <exception cref="ProblemException">They may not be seen.</exception>
    public static QueryFields Read(HttpContext context, out Owner? owner, params string[] others)
    {
        var fields = new QueryFields(context.Request, [.. Names, .. others]);
        owner = fields.Text("user") is { Length: > 0 } user ? context.GetCaller().OwnerFor(user, Given(fields, "tenant"), Given(fields, "scope")) : null;
        return fields;
    }

    /// <summary>Gets a field that a form may send empty.</summary>
    private static string? Given(QueryFields fields, string name) => fields.Text(name) is { Length: > 0 } text ? text : null;
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Recollect.Server.Api;

/// <summary>Describes the routes in <c>/openapi/v1.json</c>, where what a handler takes and gives does not show by itself.</summary>
internal static class ApiDescription
{
    private const string Success = "200";

    /// <summary>Adds the description.</summary>
    public static IServiceCollection AddApiDescription(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Readable);
            json.SerializerOptions.PropertyNamingPolicy = ApiJson.Readable.Options.PropertyNamingPolicy;
            json.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict;
        });
        return services.AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "Recollect", Version = "v1", Description = "Memory of past conversations. Errors are problem details (RFC 9457)." };
            document.Servers = [new() { Url = "/" }];
            return Task.CompletedTask;
        }));
    }

    /// <summary>Says which problems a route answers with, beside those of a missing key and of too many requests.</summary>
    public static RouteHandlerBuilder Problems(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in (int[])[.. statuses, StatusCodes.Status401Unauthorized, StatusCodes.Status429TooManyRequests])
        {
            route.Produces<ProblemJson>(status, "application/problem+json");
        }

        return route;
    }

    /// <summary>Describes the query string as having the fields of a body; what stands in the path stays.</summary>
    /// <typeparam name="TFields">The body.</typeparam>
    public static async Task QueryOfAsync<TFields>(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var fields = await context.GetOrCreateSchemaAsync(typeof(TFields), parameterDescription: null, cancellationToken);
        operation.Parameters =
        [
            .. (operation.Parameters ?? []).Where(parameter => parameter.In == ParameterLocation.Path),
            .. (fields.Properties ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)).Select(field => new OpenApiParameter
            {
                Name = field.Key,
                In = ParameterLocation.Query,
                Required = fields.Required?.Contains(field.Key) ?? false,
                Schema = field.Value,
            }),
        ];
    }

    /// <summary>Adds another shape to the answer of a route.</summary>
    /// <typeparam name="TOther">The other shape.</typeparam>
    public static async Task AnswerIsAlsoAsync<TOther>(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var other = await context.GetOrCreateSchemaAsync(typeof(TOther), parameterDescription: null, cancellationToken);
        foreach (var content in (operation.Responses?[Success].Content ?? new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)).Values)
        {
            content.Schema = new OpenApiSchema { OneOf = [content.Schema!, other] };
        }
    }
}

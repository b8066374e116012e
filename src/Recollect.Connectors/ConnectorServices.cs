using Microsoft.Extensions.DependencyInjection;
using Recollect.Connectors.Anthropic;
using Recollect.Connectors.AnythingLlm;
using Recollect.Connectors.Chroma;
using Recollect.Connectors.Neo4j;
using Recollect.Connectors.OpenAi;
using Recollect.Connectors.Postgres;
using Recollect.Connectors.RabbitMq;
using Recollect.Connectors.Service;
using Recollect.Connectors.Sqlite;
using Recollect.Connectors.Sqs;
using Recollect.Connectors.Supabase;
using Recollect.Connectors.Webhook;
using Recollect.Connectors.WhatsApp;

namespace Recollect.Connectors;

/// <summary>Registers every connector; configuration chooses by name, and one that is not chosen is not loaded.</summary>
public static class ConnectorServices
{
    /// <summary>Adds all connectors.</summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddConnectors(this IServiceCollection services) => services
        .AddAnthropic()
        .AddAnythingLlm()
        .AddChroma()
        .AddNeo4j()
        .AddOpenAi()
        .AddPostgresSource()
        .AddPostgresState()
        .AddPostgresStore()
        .AddPostgresSessions()
        .AddRabbitMq()
        .AddService()
        .AddSqlite()
        .AddSqs()
        .AddSupabase()
        .AddWebhook()
        .AddWhatsApp();
}

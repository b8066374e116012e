using Recollect.Conformance;
using Recollect.IntegrationTests;
using Recollect.IntegrationTests.Promises;
using Recollect.IntegrationTests.Promises.Convergence;
using Recollect.IntegrationTests.Servers;
using Recollect.IntegrationTests.Sqlite;
using Recollect.IntegrationTests.Web;
using Xunit;

[assembly: TestCollectionOrderer(typeof(Order))]

namespace Recollect.IntegrationTests;

/// <summary>The order of these tests.</summary>
public sealed class Order() : LongestFirst(
    PostgresTests.Name,
    RabbitMqTests.Name,
    BrowserTests.Name,
    PgvectorTests.Name,
    typeof(CrashTests).FullName!,
    typeof(ConvergenceTests).FullName!,
    ChromaTests.Name,
    typeof(TenantCrawlTests).FullName!,
    typeof(VectorIndexTests).FullName!,
    SqsTests.Name);

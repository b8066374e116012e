using Recollect.Conformance;
using Recollect.EndToEndTests;
using Recollect.EndToEndTests.Commands;
using Recollect.EndToEndTests.Recipes;
using Recollect.EndToEndTests.Scheduling;
using Recollect.EndToEndTests.Wrapper;
using Recollect.IntegrationTests.Servers;
using Xunit;

[assembly: TestCollectionOrderer(typeof(Order))]

namespace Recollect.EndToEndTests;

/// <summary>The order of these tests.</summary>
public sealed class Order() : LongestFirst(
    PostgresTests.Name,
    typeof(RealBuildTests).FullName!,
    RabbitMqTests.Name,
    typeof(MemoryCronTests).FullName!,
    typeof(MemoryCronFaultTests).FullName!,
    typeof(InterruptionTests).FullName!,
    ChromaTests.Name,
    SqsTests.Name,
    typeof(CronEntryTests).FullName!,
    typeof(HostileFilesTests).FullName!,
    typeof(FullDiskTests).FullName!,
    typeof(DevelopmentSetTests).FullName!,
    typeof(CrontabTests).FullName!);

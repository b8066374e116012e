using Recollect.IntegrationTests.Servers;
using Xunit;

namespace Recollect.EndToEndTests.Recipes;

/// <summary>Over an emulator of SQS, which keeps its messages in memory and so is not restarted.</summary>
[Collection(SqsTests.Name)]
public sealed class SqsWorkersTests(SqsServer broker, ITestOutputHelper output) : WorkersTests(output)
{
    /// <inheritdoc/>
    protected override async Task UseQueueAsync()
    {
        Variables["QUEUE"] = "sqs";
        Variables["SQS_QUEUE_URL"] = (await broker.CreateQueueAsync()).Queue;
        Variables["SQS_ENDPOINT"] = broker.Url;
        Variables["AWS_ACCESS_KEY_ID"] = "TEST";
        Variables["AWS_SECRET_ACCESS_KEY"] = "TEST";
        Variables["RECOLLECT__Queue__Sqs__VisibilityTimeout"] = "00:00:10";
        Variables["RECOLLECT__Queue__Sqs__WaitTime"] = "00:00:02";
    }
}

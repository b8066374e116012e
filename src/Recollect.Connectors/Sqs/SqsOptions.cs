namespace Recollect.Connectors.Sqs;

/// <summary>Which queue of Amazon SQS carries the work.</summary>
public sealed class SqsOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Queue:Sqs";

    /// <summary>Gets or sets the URL of a standard queue.</summary>
    /// <value>Such as <c>https://sqs.eu-central-1.amazonaws.com/123456789012/recollect</c>. Empty unless set; needed when the queue is in use.</value>
    public string QueueUrl { get; set; } = string.Empty;

    /// <summary>Gets or sets the URL of the dead-letter queue.</summary>
    /// <value>Empty unless set: the one that the queue's redrive policy names.</value>
    public string DeadLetterQueueUrl { get; set; } = string.Empty;

    /// <summary>Gets or sets where calls are sent, such as a VPC endpoint or an emulator.</summary>
    /// <value>An http or https address without a path. Empty unless set: the host of <see cref="QueueUrl"/>.</value>
    public string Endpoint { get; set; } = string.Empty;

    /// <summary>Gets or sets the region that calls are signed for.</summary>
    /// <value>Such as <c>eu-central-1</c>. Empty unless set: the one in <see cref="QueueUrl"/>, else <c>us-east-1</c>.</value>
    public string Region { get; set; } = string.Empty;

    /// <summary>Gets or sets the access key.</summary>
    /// <value>Empty unless set: environment, profile or role, as every AWS program finds them.</value>
    public string AccessKey { get; set; } = string.Empty;

    /// <summary>Gets or sets the secret of the access key. It is never logged.</summary>
    /// <value>Set together with <see cref="AccessKey"/>, or empty as that.</value>
    public string SecretKey { get; set; } = string.Empty;

    /// <summary>Gets or sets after how long a message comes to somebody else when its worker says nothing; a worker that lives says so every third of it.</summary>
    /// <value>Whole seconds between 10 seconds and 12 hours. The default is two minutes.</value>
    public TimeSpan VisibilityTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets or sets how long one question for messages waits for one to come.</summary>
    /// <value>Whole seconds between 0 and 20. The default is 20.</value>
    public TimeSpan WaitTime { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Gets or sets how long a call may take, beyond <see cref="WaitTime"/>.</summary>
    /// <value>Between one second and 10 minutes. The default is 30 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}

namespace Recollect.Connectors.RabbitMq;

/// <summary>Which RabbitMQ carries the work.</summary>
public sealed class RabbitMqOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Queue:RabbitMq";

    /// <summary>Gets or sets the address of the broker, with user and password. It is never logged.</summary>
    /// <value>Such as <c>amqp://user:password@localhost:5672</c>, or <c>amqps://…</c> for TLS; a path names the virtual host, none means <c>/</c>. Empty unless set; needed when the queue is in use.</value>
    public string Url { get; set; } = string.Empty;

    /// <summary>Gets or sets the name of the queue. Its dead letters are in the queue of the same name with <c>.dead</c> behind it.</summary>
    /// <value>1 to 200 letters, digits, dots, dashes and underscores. The default is <c>recollect</c>.</value>
    public string Queue { get; set; } = "recollect";

    /// <summary>Gets or sets how often a message may come back unsettled before the broker itself puts it aside; it belongs to the queue, and cannot change while the queue exists.</summary>
    /// <value>Between 1 and 1,000. The default is 20.</value>
    public int MaxDeliveries { get; set; } = 20;

    /// <summary>Gets or sets how long the broker may take to answer or to confirm a message.</summary>
    /// <value>Between one second and 10 minutes. The default is 30 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}

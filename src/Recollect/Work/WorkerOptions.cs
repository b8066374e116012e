using System.ComponentModel.DataAnnotations;

namespace Recollect.Work;

/// <summary>How workers share the work of a queue.</summary>
public sealed class WorkerOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Worker";

    /// <summary>Gets or sets how many conversations one message may name; the worker that takes a longer one parts it, so that others can share the work.</summary>
    /// <value>Between 1 and 10,000. The default is 25.</value>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 25;

    /// <summary>Gets or sets how long a conversation stays with a worker that says nothing any more. A living worker renews its claims.</summary>
    /// <value>Between 3 seconds and 1 hour. The default is 2 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:03", "01:00:00")]
    public TimeSpan Claim { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets or sets how often a worker looks for conversations whose pause after a failure is over, and puts them on the queue again.</summary>
    /// <value>Between 1 second and 1 hour. The default is 15 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Sweep { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets or sets after how long without an answer a conversation is put on the queue again: its message must be lost.</summary>
    /// <value>Between 1 minute and 14 days. The default is 6 hours.</value>
    [Range(typeof(TimeSpan), "00:01:00", "14.00:00:00")]
    public TimeSpan ResendAfter { get; set; } = TimeSpan.FromHours(6);
}

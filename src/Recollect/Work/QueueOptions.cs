namespace Recollect.Work;

/// <summary>Which queue carries work to the workers.</summary>
public sealed class QueueOptions
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "Queue";

    /// <summary>Gets or sets the name of the queue. The default is <c>inprocess</c>: <c>serve</c> does the work itself.</summary>
    public string Use { get; set; } = "inprocess";
}

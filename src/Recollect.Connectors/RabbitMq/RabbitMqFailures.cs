using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using RabbitMQ.Client.Exceptions;
using Recollect.Work;

namespace Recollect.Connectors.RabbitMq;

/// <summary>Tells the ways in which RabbitMQ fails apart, and says of each what to do; never user or password.</summary>
/// <param name="options">The settings.</param>
internal sealed class RabbitMqFailures(RabbitMqOptions options)
{
    private const string Section = RabbitMqOptions.SectionName;

    /// <summary>Gets what the broker is called in sentences.</summary>
    public string Broker { get; } = RabbitMqAddress.Name(options.Url);

    /// <summary>Tells whether a failure is the broker's or of the way to it, which <see cref="Of"/> describes.</summary>
    public static bool IsKnown(Exception failure) =>
        failure is RabbitMQClientException or OperationInterruptedException or ProtocolViolationException or IOException or SocketException
            or TimeoutException or ObjectDisposedException or AuthenticationException or OperationCanceledException;

    /// <summary>Tells whether something that was declared is gone.</summary>
    public static bool IsGone(Exception failure) =>
        failure is PublishException { IsReturn: true } or OperationInterruptedException { ShutdownReason.ReplyCode: 404 };

    /// <summary>Tells whether a message was not taken and may be at once or soon; at worst it comes twice, as any message may.</summary>
    public static bool IsUnsent(Exception failure) => failure is AlreadyClosedException or PublishException || IsGone(failure);

    /// <summary>Describes a failure.</summary>
    public QueueException Of(Exception failure) => failure switch
    {
        QueueException known => known,
        BrokerUnreachableException { InnerException: { } inner } => OfConnecting(Innermost(inner)),
        PublishException { IsReturn: true } => Passing($"{Broker} has no queue \"{options.Queue}\" any more. It is made again with the next message or at the next start.", failure),
        PublishException => Passing($"{Broker} refused a message: the queue \"{options.Queue}\" takes no more, or has no leader. Look at its policies (max-length) and at the nodes of the cluster.", failure),
        OperationInterruptedException { ShutdownReason: { } reason } => OfReply(reason.ReplyCode, reason.ReplyText, failure),
        TimeoutException or OperationCanceledException => OfSilence(blocked: null, failure),
        _ => Passing($"The connection to {Broker} broke. It is made again with the next call.", failure),
    };

    /// <summary>Describes that no answer or confirmation came in time.</summary>
    /// <param name="blocked">Why the broker holds publishers back; null when it does not.</param>
    /// <param name="cause">What lies behind it.</param>
    public QueueException OfSilence(string? blocked, Exception cause) => Passing(
        blocked is not null ? $"{Broker} takes no messages for now: it has an alarm ({blocked}). Free memory or disk space on its machine."
            : string.Create(CultureInfo.InvariantCulture, $"{Broker} did not answer within {options.Timeout.TotalSeconds} s. Look at its log, its alarms and whether the queue has a leader, or raise {Section}:Timeout."),
        cause);

    private QueueException OfConnecting(Exception failure) => failure switch
    {
        PossibleAuthenticationFailureException => Lasting($"{Broker} refused user or password. Correct {Section}:Url; the user \"guest\" is let in from the broker's own machine only.", failure),
        OperationInterruptedException { ShutdownReason: { } reason } => OfReply(reason.ReplyCode, reason.ReplyText, failure),
        AuthenticationException => Lasting($"{Broker} agrees on no secure connection: its certificate is not trusted here, or is for another name, or there is none. Correct {Section}:Url (amqps is for the port with TLS, amqp for the one without), or let this machine trust who signed it.", failure),
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => Passing($"{Broker} cannot be reached: nothing listens there. Start it, or correct {Section}:Url.", failure),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => Passing($"{Broker} cannot be reached: its name is not known. Correct {Section}:Url.", failure),
        TimeoutException or OperationCanceledException => OfSilence(blocked: null, failure),
        _ => Passing($"{Broker} cannot be reached: no connection was made, or it broke at once. Start it, or correct {Section}:Url; amqps is for the port with TLS, amqp for the one without.", failure),
    };

    /// <summary>The broker's own sentence is told where it names only queues and arguments.</summary>
    private QueueException OfReply(int code, string text, Exception cause) => code switch
    {
        403 => Lasting($"{Broker} does not let the user do this (403). Give it the permissions configure, write and read on \"{options.Queue}\" and \"{options.Queue}.dead\", and write on \"amq.default\".", cause),
        404 => Passing($"{Broker} cannot find a queue now (404): {text}. If it was deleted, it is made again with the next connection.", cause),
        405 => Lasting($"{Broker} holds the queue \"{options.Queue}\" for another connection alone (405). Choose another {Section}:Queue.", cause),
        406 when text.Contains("message size", StringComparison.OrdinalIgnoreCase) => Lasting($"{Broker} takes no message as large as this (406). Raise max_message_size in its settings.", cause),
        406 when text.Contains("inequivalent", StringComparison.Ordinal) => Lasting($"{Broker} has another queue or exchange in this place (406): {text}. Choose another {Section}:Queue, set {Section}:MaxDeliveries to what it has, or delete it when it is empty; it is then made anew.", cause),
        406 => Passing($"{Broker} closed the channel (406): {text}. If a delivery took too long, raise consumer_timeout in its settings.", cause),
        530 when text.Contains("down", StringComparison.Ordinal) || text.Contains("limit", StringComparison.Ordinal) => Passing($"{Broker} takes no connection to this virtual host for now (530). Look at its log.", cause),
        530 => Lasting($"{Broker} has no such virtual host, or does not let the user in (530). Correct {Section}:Url, whose path is the virtual host.", cause),
        _ => Passing(string.Create(CultureInfo.InvariantCulture, $"{Broker} ended the connection ({code}). It is made again with the next call."), cause),
    };

    private static Exception Innermost(Exception failure) => failure switch
    {
        AggregateException { InnerException: { } inner } => Innermost(inner),
        ConnectFailureException { InnerException: { } inner } => Innermost(inner),
        PossibleAuthenticationFailureException { InnerException: OperationInterruptedException { ShutdownReason.ReplyCode: not 403 } inner } => inner,
        IOException { InnerException: { } inner } => Innermost(inner),
        _ => failure,
    };

    private static QueueException Lasting(string message, Exception cause) => new(message, isTransient: false, cause);

    private static QueueException Passing(string message, Exception cause) => new(message, isTransient: true, cause);
}

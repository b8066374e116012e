using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Recollect.Work;

namespace Recollect.Connectors.RabbitMq;

/// <summary>Says everything that is wrong with <see cref="RabbitMqOptions"/> at once, where the queue is in use.</summary>
/// <param name="configuration">Says which queue is in use.</param>
internal sealed partial class RabbitMqOptionsValidator(IConfiguration configuration) : IValidateOptions<RabbitMqOptions>
{
    private const int MostDeliveries = 1_000;

    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, RabbitMqOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!string.Equals(configuration[$"{QueueOptions.SectionName}:{nameof(QueueOptions.Use)}"], RabbitMqQueue.QueueName, StringComparison.Ordinal))
        {
            return ValidateOptionsResult.Skip;
        }

        var errors = new SettingErrors(RabbitMqOptions.SectionName);
        errors.AddIfWrong(nameof(RabbitMqOptions.Url), RabbitMqAddress.WhatIsWrongWith(options.Url));
        errors.AddIfWrong(nameof(RabbitMqOptions.Queue), QueueName().IsMatch(options.Queue) ? null : "must have 1 to 200 letters, digits, dots, dashes and underscores, and not begin with \"amq.\".");
        errors.AddIfOutside(nameof(RabbitMqOptions.MaxDeliveries), options.MaxDeliveries, 1, MostDeliveries);
        errors.AddIfOutside(nameof(RabbitMqOptions.Timeout), options.Timeout, ShortestTimeout, LongestTimeout);
        return errors.Result;
    }

    [GeneratedRegex(@"^(?!amq\.)[\w.-]{1,200}$(?!\n)", RegexOptions.ExplicitCapture | RegexOptions.ECMAScript, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QueueName();
}

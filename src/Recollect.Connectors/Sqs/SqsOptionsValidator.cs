using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Recollect.Work;

namespace Recollect.Connectors.Sqs;

/// <summary>Says everything that is wrong with <see cref="SqsOptions"/> at once, where the queue is in use.</summary>
/// <param name="configuration">Says which queue is in use.</param>
internal sealed class SqsOptionsValidator(IConfiguration configuration) : IValidateOptions<SqsOptions>
{
    private static readonly TimeSpan ShortestVisibility = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestVisibility = TimeSpan.FromHours(12);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SqsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!string.Equals(configuration[$"{QueueOptions.SectionName}:{nameof(QueueOptions.Use)}"], SqsQueue.QueueName, StringComparison.Ordinal))
        {
            return ValidateOptionsResult.Skip;
        }

        var errors = new SettingErrors(SqsOptions.SectionName);
        errors.AddIfWrong(nameof(SqsOptions.QueueUrl), SqsAddress.WhatIsWrongWithQueue(options.QueueUrl));
        errors.AddIfWrong(nameof(SqsOptions.DeadLetterQueueUrl), options.DeadLetterQueueUrl.Length == 0 ? null : SqsAddress.WhatIsWrongWithQueue(options.DeadLetterQueueUrl));
        errors.AddIfWrong(nameof(SqsOptions.Endpoint), options.Endpoint.Length == 0 ? null : SqsAddress.WhatIsWrongWithEndpoint(options.Endpoint));
        errors.AddIfWrong(nameof(SqsOptions.AccessKey), options.AccessKey.Length == 0 == (options.SecretKey.Length == 0) ? null : "and SecretKey must both be set, or both be empty.");
        errors.AddIfWrong(nameof(SqsOptions.SecretKey), $"{options.AccessKey}{options.SecretKey}".AsSpan().ContainsAnyExceptInRange('!', '~') ? "or AccessKey holds a space, line break or other character that no key has; check where it was copied from." : null);
        AddIfOutside(errors, nameof(SqsOptions.VisibilityTimeout), options.VisibilityTimeout, ShortestVisibility, LongestVisibility);
        AddIfOutside(errors, nameof(SqsOptions.WaitTime), options.WaitTime, TimeSpan.Zero, LongestWait);
        AddIfOutside(errors, nameof(SqsOptions.Timeout), options.Timeout, ShortestTimeout, LongestTimeout);
        return errors.Result;
    }

    private static void AddIfOutside(SettingErrors errors, string setting, TimeSpan value, TimeSpan least, TimeSpan most) =>
        errors.AddIfWrong(setting, value < least || value > most ? string.Create(CultureInfo.InvariantCulture, $"is {value}; it must be between {least} and {most}.")
            : setting is not nameof(SqsOptions.Timeout) && value.Ticks % TimeSpan.TicksPerSecond != 0 ? string.Create(CultureInfo.InvariantCulture, $"is {value}; it must be whole seconds.")
            : null);
}

using System.Globalization;
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

        List<string> errors = [];
        AddIfWrong(errors, nameof(RabbitMqOptions.Url), RabbitMqAddress.WhatIsWrongWith(options.Url));
        AddIfWrong(errors, nameof(RabbitMqOptions.Queue), QueueName().IsMatch(options.Queue) ? null : "must have 1 to 200 letters, digits, dots, dashes and underscores, and not begin with \"amq.\".");
        AddIfOutside(errors, nameof(RabbitMqOptions.MaxDeliveries), options.MaxDeliveries, 1, MostDeliveries);
        AddIfOutside(errors, nameof(RabbitMqOptions.Timeout), options.Timeout, ShortestTimeout, LongestTimeout);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void AddIfWrong(List<string> errors, string setting, string? wrong)
    {
        if (wrong is not null)
        {
            errors.Add($"{RabbitMqOptions.SectionName}:{setting} {wrong}");
        }
    }

    private static void AddIfOutside<T>(List<string> errors, string setting, T value, T least, T most)
        where T : IComparable<T>, IFormattable =>
        AddIfWrong(errors, setting, value.CompareTo(least) < 0 || value.CompareTo(most) > 0
            ? string.Create(CultureInfo.InvariantCulture, $"is {value}; it must be between {least} and {most}.")
            : null);

    [GeneratedRegex(@"^(?!amq\.)[\w.-]{1,200}$(?!\n)", RegexOptions.ExplicitCapture | RegexOptions.ECMAScript, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QueueName();
}

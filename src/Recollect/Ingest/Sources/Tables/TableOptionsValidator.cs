using System.Globalization;
using Microsoft.Extensions.Options;

namespace Recollect.Ingest.Sources.Tables;

/// <summary>Says everything that is wrong with <see cref="TableOptions"/> at once; names become part of queries, so they are plain names.</summary>
internal sealed class TableOptionsValidator : IValidateOptions<TableOptions>
{
    private const int LargestBatch = 1000;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, TableOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> errors = [];
        foreach (var (setting, value) in Tables(options))
        {
            AddIf(errors, !TableName.IsTable(value), setting, $"is \"{value}\"; expected the name of a table, such as conversations or chat.conversations, of letters, digits and underscores.");
        }

        foreach (var (setting, value, isOptional) in Columns(options))
        {
            AddIf(errors, !TableName.IsPlain(value) && (value.Length > 0 || !isOptional), setting, $"is \"{value}\"; expected the name of a column, of letters, digits and underscores.");
        }

        AddIf(errors, string.IsNullOrWhiteSpace(options.Tenant), nameof(options.Tenant), "is empty.");
        AddIf(errors, string.IsNullOrWhiteSpace(options.Scope), nameof(options.Scope), "is empty.");
        foreach (var rule in options.Scopes)
        {
            AddIf(errors, ScopeRule.Read(rule) is null, nameof(options.Scopes), $"has \"{rule}\"; expected COLUMN=VALUE -> SCOPE, such as user_id=42 -> departmental.");
        }

        AddIfOutside(errors, nameof(options.BatchSize), options.BatchSize);
        AddIfOutside(errors, nameof(options.NightlyBatchSize), options.NightlyBatchSize);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<(string Setting, string Value)> Tables(TableOptions options) =>
    [
        (nameof(options.ConversationsTable), options.ConversationsTable),
        (nameof(options.MessagesTable), options.MessagesTable),
    ];

    private static IEnumerable<(string Setting, string Value, bool IsOptional)> Columns(TableOptions options) =>
    [
        (nameof(options.ConversationId), options.ConversationId, false),
        (nameof(options.UserId), options.UserId, true),
        (nameof(options.Title), options.Title, true),
        (nameof(options.UpdatedAt), options.UpdatedAt, false),
        (nameof(options.MessageId), options.MessageId, false),
        (nameof(options.MessageConversation), options.MessageConversation, false),
        (nameof(options.Role), options.Role, options.IsUser.Length > 0),
        (nameof(options.IsUser), options.IsUser, true),
        (nameof(options.Content), options.Content, false),
        (nameof(options.SentAt), options.SentAt, false),
        (nameof(options.TenantColumn), options.TenantColumn, true),
        (nameof(options.ScopeColumn), options.ScopeColumn, true),
    ];

    private static void AddIfOutside(List<string> errors, string setting, int value) =>
        AddIf(errors, value is < 1 or > LargestBatch, setting, string.Create(CultureInfo.InvariantCulture, $"is {value}; it must be between 1 and {LargestBatch}."));

    private static void AddIf(List<string> errors, bool isWrong, string setting, string wrong)
    {
        if (isWrong)
        {
            errors.Add($"{TableOptions.SectionName}:{setting} {wrong}");
        }
    }
}

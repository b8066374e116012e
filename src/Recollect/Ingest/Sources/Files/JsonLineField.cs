namespace Recollect.Ingest.Sources.Files;

/// <summary>The fields of a line that are understood; the order is the one in which names are compared.</summary>
internal enum JsonLineField
{
    Text,
    Thread,
    Role,
    SentAt,
    Id,
    User,
    Name,
    Workspace,
    Tenant,
    Scope,
    Session,
    Unknown,
}

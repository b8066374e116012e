namespace Recollect.Connectors.Webhook;

/// <summary>What becomes of a conversation that was posted and then grew.</summary>
public enum WebhookChangePolicy
{
    /// <summary>Its new version is posted under a new key, and the report says so.</summary>
    Send,

    /// <summary>It stays as it was posted: strictly once.</summary>
    Ignore,
}

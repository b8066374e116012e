namespace Recollect.Connectors.OpenAi;

/// <summary>By which field the longest reply is asked for: newer models refuse the older one, older servers do not know the newer one.</summary>
public enum MaxTokensField
{
    /// <summary>By <c>max_completion_tokens</c> at OpenAI and Azure, by <c>max_tokens</c> elsewhere; where one is refused, by the other from then on.</summary>
    Auto,

    /// <summary>By <c>max_completion_tokens</c>.</summary>
    MaxCompletionTokens,

    /// <summary>By <c>max_tokens</c>.</summary>
    MaxTokens,
}

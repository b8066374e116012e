namespace Recollect.Connectors.Service;

/// <summary>What a holder still has.</summary>
/// <param name="Claims">How many claims.</param>
internal sealed record RenewedAnswer(int Claims);

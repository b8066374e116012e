namespace Recollect.Server.Work;

/// <summary>What a worker still has.</summary>
/// <param name="Claims">How many claims the holder has.</param>
internal sealed record WorkRenewedJson(int Claims);

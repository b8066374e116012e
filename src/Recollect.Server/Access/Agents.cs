using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Recollect.Server.Settings;

namespace Recollect.Server.Access;

/// <summary>The agents that settings name.</summary>
/// <remarks>Safe to call concurrently.</remarks>
internal sealed class Agents(IOptions<ServerOptions> options)
{
    private readonly (byte[] Digest, Caller Caller)[] _agents = [.. options.Value.Agents.Select(agent => (Convert.FromHexString(agent.KeyHash), Caller.Of(agent)))];

    /// <summary>Gets a value indicating whether there are any; then nobody may ask without a key.</summary>
    public bool AreConfigured => _agents.Length > 0;

    /// <summary>Finds an agent by its key, in a time that tells nothing of any key; null where the key is nobody's.</summary>
    public Caller? FindByKey(string key) => FindByDigest(ApiKey.Digest(key));

    /// <summary>Finds an agent by what settings keep of its key, in a time that tells nothing of any; null where it is nobody's.</summary>
    public Caller? FindByHash(string keyHash) => ApiKey.IsHash(keyHash) ? FindByDigest(Convert.FromHexString(keyHash)) : null;

    /// <summary>Finds an agent by its name; null where none has it.</summary>
    public Caller? FindByName(string name) =>
        _agents.Select(agent => agent.Caller).FirstOrDefault(caller => string.Equals(caller.Name, name.Trim(), StringComparison.OrdinalIgnoreCase));

    private Caller? FindByDigest(byte[] digest)
    {
        Caller? found = null;
        foreach (var (known, caller) in _agents) // to the end, also where it was found
        {
            found = CryptographicOperations.FixedTimeEquals(digest, known) ? caller : found;
        }

        return found;
    }
}

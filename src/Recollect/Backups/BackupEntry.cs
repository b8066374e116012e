namespace Recollect.Backups;

/// <summary>A file in a backup.</summary>
/// <param name="Name">Its name, with slashes.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">The SHA-256 of its content, in lower hexadecimal digits.</param>
public sealed record BackupEntry(string Name, long Size, string Sha256);

using System.Runtime.InteropServices;

namespace Recollect.Connectors.Sqlite.Memories;

/// <summary>What the code of a vector tells of its dot product with another one of unit length.</summary>
/// <param name="About">What it is about.</param>
/// <param name="Error">How far from that it surely is at the most.</param>
/// <param name="Slack">The part of the error that is allowed for.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CodeBounds(float About, float Error, float Slack)
{
    /// <summary>Gets the least that it is.</summary>
    public float Least => About - (Error * Slack);

    /// <summary>Gets the most that it is.</summary>
    public float Most => About + (Error * Slack);

    /// <summary>Says whether a dot product can be that of the vector that was encoded.</summary>
    /// <param name="dot">The dot product.</param>
    /// <param name="length">The length of the other vector.</param>
    public bool Hold(float dot, float length) => Math.Abs(dot - About) <= Error * Math.Max(1, length);
}

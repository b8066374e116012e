using System.Runtime.InteropServices;

namespace Recollect.Recall;

/// <summary>Says that a word of a message stands for a term of the question.</summary>
/// <param name="Term">The position of the term in <see cref="LexicalQuery.Terms"/>.</param>
/// <param name="Weight">1 for the term itself, less for a related word.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TermMatch(int Term, float Weight);

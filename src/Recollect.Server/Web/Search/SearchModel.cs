using Recollect.Conversations;
using Recollect.Recall;

namespace Recollect.Server.Web.Search;

/// <summary>A question and what was found.</summary>
/// <param name="Owner">In whose memories; null where nobody is named yet.</param>
/// <param name="Question">The question; null before it is asked.</param>
/// <param name="Found">What was found, best first.</param>
public sealed record SearchModel(Owner? Owner, string? Question, IReadOnlyList<RecalledMemory> Found);

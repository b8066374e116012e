namespace Recollect.Recall;

/// <summary>What a word of a message is to a question.</summary>
/// <param name="IsStopWord">Whether it is a function word.</param>
/// <param name="MeansSpeaker">Whether it means the speaker; false for the one spoken to, null for neither.</param>
/// <param name="TellsTime">Whether it tells a time.</param>
/// <param name="Matches">The terms of the question that it stands for.</param>
internal sealed record WordReading(bool IsStopWord, bool? MeansSpeaker, bool TellsTime, TermMatch[] Matches);

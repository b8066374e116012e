using Recollect.Text;

namespace Recollect.Recall;

/// <summary>Knows words with which a person speaks of themselves, and those that mean the one spoken to.</summary>
internal static class PersonWords
{
    // English, German, French, Spanish, Hebrew and Arabic; what could be both, or another word of another language, is left out.
    private static readonly TermSet Self = new("""
        i me my mine myself we us our ours ourselves
        ich mich mir mein meine meinen wir uns unser unsere je moi mon nous notre nos yo mis nosotros nuestro nuestra
        אני אנחנו שלי לי לנו אותי انا نحن لي لنا
        """);

    private static readonly TermSet Other = new("""
        you your yours yourself yourselves
        du dich dir dein deine deinen euch tu te toi vous votre vos usted ustedes tus
        אתה אתם שלך לך לכם אותך انت انتم لك لكم
        """);

    /// <summary>Says whether a term means the speaker.</summary>
    /// <param name="term">A term, as <see cref="TermReader"/> gives it.</param>
    /// <returns>False for the one spoken to; null for every other word.</returns>
    internal static bool? MeanSpeaker(ReadOnlySpan<char> term) =>
        Self.Contains(term) ? true : Other.Contains(term) ? false : null;

    /// <summary>Says whether a question has a word that means the one who asks.</summary>
    /// <param name="question">Any text.</param>
    internal static bool SpeakOfAsker(ReadOnlySpan<char> question)
    {
        Span<char> buffer = stackalloc char[Tokenizer.BufferLength];
        var reader = new TermReader(question, buffer);
        while (reader.Read())
        {
            if (MeanSpeaker(reader.Term) is true)
            {
                return true;
            }
        }

        return false;
    }
}

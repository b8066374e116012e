namespace Recollect.Text;

/// <summary>Knows the words that a question is made of but that say nothing about what is asked for.</summary>
/// <remarks>
/// One list for all languages, so that no language has to be guessed: English, German, French, Spanish, Hebrew and Arabic
/// function and question words, folded as <see cref="Tokenizer"/> folds. A word of one language that means something in
/// another (German <c>hat</c>, <c>war</c>, <c>die</c>; French <c>son</c>, <c>car</c>; Spanish <c>sin</c>, <c>con</c>) is left out. Months and <c>will</c> count as words.
/// </remarks>
internal static class StopWords
{
    private const string English = """
        a an the this that these those and or but nor so if then than as at by for from in into of off on onto out over to up upon with within without
        about after again against all also am any are because been before being below between both can cannot could did do does         doing down during each either else ever every few further get got had has have having he her here hers herself him himself his
        how however i it its itself just let ll may me might mine more most much must my myself neither no not now of once one only other others our ours
        ourselves own per rather really s same shall she should since some something such t their theirs them themselves there they thing
        things though through too under until us very was we were what whatever when whenever where whether which while who whom whose
        why will would yet you your yours yourself yourselves d m re ve be is ca wo sha many anyone anything someone everyone everything
        like likely according according around still even yes yeah oh hey hi hello ok okay wow well know tell please
        """;

    private const string German = """
        der das des dem ein eine einen einem einer eines und oder aber nicht kein keine keinen ich du er sie es wir ihr mich mir dich dir uns euch ihn ihm ihnen
        mein meine dein deine sein seine unser unsere wie wer wen wem wessen wann warum wieso weshalb welche welcher welches welchen wohin woher wieviel
        ist sind waren wird werden wurde wurden haben hatte hatten bist kann kannst konnte muss mussen soll sollte fur mit von vom zum zur bei beim aus
        nach uber unter auf im am um als auch nur noch schon sehr dass weil wenn dann damit hier dort etwas zu
        """;

    private const string French = """
        le la les un une du et ou mais ni je tu il elle nous vous ils elles lui leur leurs mon ma mes ta tes sa ses notre nos votre vos ce cet cette ces
        qui que quoi quel quelle quels quelles quand pourquoi combien est sont etait etaient etre ete suis sommes ont avait avaient avoir fait
        dans par sur avec sans chez vers entre ne pas plus tres aussi si se c j l n qu y en au aux lors donc dont
        """;

    private const string Spanish = """
        el los las lo una unos unas y o pero yo ella nosotros ellos ellas ustedes usted mi mis tus su sus nuestro nuestra este esta estos estas ese esa eso esos
        esas aquel aquella quien quienes cual cuales cuando donde como por para sobre desde hasta entre que cuanto cuanta cuantos cuantas es fue fueron era
        eran ser estar estaba ha han habia del al muy mas tambien ya se le les nos porque
        """;

    private const string Hebrew = """
        את של על עם אל אם או גם כי לא כן מה מי מתי איפה היכן לאן מאיפה איך כיצד למה מדוע כמה איזה איזו אילו האם זה זאת זו אלה אלו הוא היא הם הן אני אתה אתם אתן אנחנו
        היה היתה הייתה היו יש אין עוד רק כבר מאוד כל אבל לי לך לו לה לנו לכם להם שלי שלך שלו שלה שלנו שלכם שלהם אותי אותך אותו אותה אותנו אותם כאשר כש אז שם פה כאן
        """;

    private const string Arabic = """
        في من على الى عن مع هذا هذه ذلك تلك هو هي هم هن انا انت انتم نحن ما ماذا متى اين كيف لماذا كم اي هل لا لم لن ليس ان او و ثم كان كانت كانوا يكون التي الذي الذين
        عند بعد قبل بين كل بعض قد لقد له لها لهم لي لك به بها فيه فيها منه منها عليه عليها كما اذا حيث
        """;

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = Read(English, German, French, Spanish, Hebrew, Arabic);

    /// <summary>Says whether the word is a function or question word.</summary>
    /// <param name="word">A folded word, not stemmed.</param>
    internal static bool Contains(ReadOnlySpan<char> word) => Words.Contains(word);

    private static HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Read(params ReadOnlySpan<string> lists)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var list in lists)
        {
            foreach (var word in list.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                words.Add(Fold(word));
            }
        }

        return words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    private static string Fold(string word)
    {
        Span<char> buffer = stackalloc char[Tokenizer.BufferLength];
        var tokens = new Tokenizer(word, buffer);
        return tokens.Read() ? tokens.Token.ToString() : word;
    }
}

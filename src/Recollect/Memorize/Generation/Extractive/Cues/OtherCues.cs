namespace Recollect.Memorize.Generation.Extractive.Cues;

/// <summary>Arabic, Hebrew, Italian and Dutch cues for the most telling kinds; phrases are separated by semicolons.</summary>
internal static class OtherCues
{
    /// <summary>The phrases by kind.</summary>
    internal static readonly (CueKinds Kind, string Phrases)[] All =
    [
        (CueKinds.Statement, """
            أسكن; أعيش; أعمل; عندي; لدي; انتقلت; ابنتي; ابني; زوجتي; زوجي; أمي; أبي; أختي; أخي; أحب; أفضل; تذكر أن;
            אני גר; אני גרה; אני עובד; אני עובדת; יש לי; עברתי; הבת שלי; הבן שלי; אשתי; בעלי; אמא שלי; אבא שלי; אני אוהב; אני אוהבת; אני מעדיף; אני אלרגי;
            abito; vivo a; lavoro; mi chiamo; sono allergico; sono allergica; mia figlia; mio figlio; mia moglie; mio marito; preferisco; mi piace;
            ik woon; ik werk; ik heet; ik heb; ik ben allergisch; mijn dochter; mijn zoon; mijn vrouw; mijn man; ik hou van
            """),
        (CueKinds.Decision, "قررت; قررنا; حجزت; ألغيت; اتفقنا; החלטתי; החלטנו; הזמנתי; ביטלתי; deciso; prenotato; annullato; besloten; geboekt; afgezegd"),
        (CueKinds.Filler, "شكرا; شكرا لك; مرحبا; السلام عليكم; صباح الخير; مساء الخير; نعم; لا; حسنا; תודה; שלום; כן; בסדר; בוקר טוב; grazie; ciao; buongiorno; va bene; prego; dank je; bedankt; hoi; goedemorgen; prima"),
        (CueKinds.Month, "يناير; فبراير; مارس; أبريل; مايو; يونيو; يوليو; أغسطس; سبتمبر; أكتوبر; نوفمبر; ديسمبر; ינואר; פברואר; מרץ; אפריל; מאי; יוני; יולי; אוגוסט; ספטמבר; אוקטובר; נובמבר; דצמבר; gennaio; febbraio; aprile; maggio; giugno; luglio; settembre; ottobre; dicembre; januari; februari; maart; mei; augustus"),
        (CueKinds.Weekday, "الأحد; الاثنين; الثلاثاء; الأربعاء; الخميس; الجمعة; السبت; يوم الأحد; יום ראשון; יום שני; יום שלישי; יום רביעי; יום חמישי; יום שישי; שבת; lunedì; martedì; mercoledì; giovedì; venerdì; sabato; domenica; maandag; dinsdag; woensdag; donderdag; vrijdag; zaterdag; zondag"),
        (CueKinds.RelativeDate, "غدا; بعد غد; أمس; الأسبوع القادم; الشهر القادم; מחר; מחרתיים; אתמול; שבוע הבא; חודש הבא; domani; ieri; dopodomani; settimana prossima; overmorgen; gisteren; volgende week"),
        (CueKinds.Unit, "يورو; دولار; ريال; ساعة; يوم; سنة; שקל; שקלים; שעות; ימים; ore; giorni; anni; uur; dagen; jaar"),
    ];
}

namespace Recollect.Memorize.Generation.Extractive.Cues;

/// <summary>German cues; phrases are separated by semicolons.</summary>
internal static class GermanCues
{
    /// <summary>The phrases by kind.</summary>
    internal static readonly (CueKinds Kind, string Phrases)[] All =
    [
        (CueKinds.Statement, """
            ich wohne; ich wohn; wir wohnen; ich lebe; ich arbeite; ich bin umgezogen; ich ziehe; wir ziehen; ich heiße; ich habe; ich hab; wir haben; ich brauche; ich möchte; ich will; ich mag; ich mag kein; ich esse; ich trinke; ich hasse; ich liebe;
            ich fahre; ich nehme; ich lerne; ich spiele; ich spreche; ich bin allergisch; allergisch; allergie; ich vertrage; ich bin vegetarier; ich bin veganer; ich zahle; ich verdiene; ich bezahle; ich kaufe; ich habe gekauft; ich bevorzuge; am liebsten;
            meine tochter; mein sohn; meine frau; mein mann; meine mutter; mein vater; meine schwester; mein bruder; meine eltern; meine kinder; mein chef; meine chefin; mein kollege; meine kollegin; mein freund; meine freundin; mein arzt;
            meine ärztin; mein auto; mein hund; meine katze; meine wohnung; mein haus; meine adresse; meine nummer; mein name; mein geburtstag; mein transporter; meine firma; mein budget; mein ziel; meine neue; mein neuer; unsere neue; unser neuer; unsere adresse; unser sohn; unsere tochter; meine oma; mein opa; meine tante; mein onkel;
            merk dir; merken sie sich; ab jetzt; von jetzt an; ab sofort; vergiss nicht; bei uns heißt; ist bei mir; verheiratet; ich bin geboren; ich rechne
            """),
        (CueKinds.Decision, """
            entschieden; beschlossen; vereinbart; gebucht; storniert; abgesagt; verschoben; zugesagt; bestätigt; unterschrieben; bestellt; bezahlt; gekauft; verkauft; neuer termin; termin; liefertermin; jetzt doch; stattdessen; statt; nicht mehr; geändert; gekündigt;
            ich werde; wir werden; machen wir; ich nehme; wir nehmen; gestrichen; frist; bestanden; operiert; angerufen; fällig; neu also; fest; reserviert; bleibt bei; wollen jetzt
            """),
        (CueKinds.Filler, """
            danke; dankeschön; vielen dank; bitte; gern; gerne; hallo; guten morgen; guten abend; guten tag; gute nacht; servus; grüß gott; tschüss; ja; nein; genau; gut; super; passt; perfekt; klar; natürlich; sehr gut; haha; schön; toll; prima; stimmt; alles klar;
            in ordnung; kein problem; willkommen; gratuliere; glückwunsch; herzlichen glückwunsch; viel erfolg; bis bald; liebe grüße; notiert; gemerkt; gut so; großartig; also; eben; frohe ostern; anderes thema; noch was; richtig; freut mich; viel glück
            """),
        (CueKinds.Month, "januar; jänner; februar; feber; märz; mai; juni; juli; oktober; dezember; okt; dez"),
        (CueKinds.Weekday, "montag; dienstag; mittwoch; donnerstag; freitag; samstag; sonnabend; sonntag; montags; dienstags; mittwochs; donnerstags; freitags; samstags; sonntags; samstagabend; freitagabend"),
        (CueKinds.RelativeDate, """
            morgen; übermorgen; gestern; vorgestern; nächste woche; nächsten monat; nächstes jahr; nächster woche; letzte woche; letztes jahr; letzten monat; kommende woche; dieses wochenende; am wochenende; nächsten sommer; heute abend; heute nachmittag; vor einer woche; vor zwei wochen;
            in zwei wochen; in einer woche; ende des monats; monatsende; ostern; weihnachten; morgen früh
            """),
        (CueKinds.Unit, "prozent; uhr; stunden; stunde; minuten; tage; tagen; tag; wochen; woche; monate; monaten; monat; jahre; jahren; jahr; kilo; meter; kilometer; liter; grad; personen; franken; stück; millimeter; zentimeter; gramm; nächte; mal"),
        (CueKinds.Title, "herr; herrn; frau; familie; doktor; onkel; tante; oma; opa"),
        (CueKinds.Kin, "bruder; mann; sohn; tochter; mutter; vater; mama; papa; chef; chefin; kollege; kollegin; freund; freundin; nachbar; nachbarin; lehrling; lehrer; lehrerin; arzt; ärztin; vermieter; vermieterin; cousine; neffe; nichte; enkel; enkelin"),
        (CueKinds.PersonVerb, "sagt; sagte; meint; meinte; will; wollte; fragt; fragte; weiß; glaubt; glaubte; kommt; kam; bringt; brachte; nimmt; nahm; arbeitet; wohnt; hat gesagt; schläft; ruft; rief; schreibt; schrieb; findet; fährt; mag; hilft; richtet; bekommt; braucht; lacht; operiert"),
        (CueKinds.Place, "straße; gasse; platz; hotel; bahnhof; flughafen; schule; universität; krankenhaus; spital; klinik; gmbh; ag; in; nach; aus; bei; am; im; vom; zum; zur; eine; ein; einen; einem; das; dem"),
        (CueKinds.Determiner, "der; die; das; den; dem; des; ein; eine; einen; einem; einer; mein; meine; meinen; meinem; meiner; dein; deine; sein; seine; ihr; ihre; unser; unsere; kein; keine; für; mit; im; am; vom; zum; zur; von; aus; beim; neue; neuer; neuen; neues"),
        (CueKinds.BeforeVerb, "ich; du; er; wir; sie; ihr; zu; nicht; werde; kann; muss; soll"),
        (CueKinds.Function, "die; hat; war; mal; doch; halt; ja; da; so; an; man; denn; ganz; vielleicht; wieder; immer; jetzt; schon; gerade; eigentlich; habt; hast; seid; wäre; wären; hätte; hätten; würde; könnte; müsste; müssen; können; dürfen; lassen; macht; machen; geht; gehen; gibt; kommt; alle; alles; viel; viele; vorher; nachher; dreißig; zwei; drei; vier; fünf; sechs; sieben; acht; neun; zehn; elf; zwölf; beide; beiden; andere; anderen; dreimal; zweimal; sowas; weg; rein; raus; drin; hin; her; ihnen; ihren; ihrem; seinen; seinem; diese; dieser; dieses; diesen; selber; selbst; sonst; übrigens; höchstens; meistens; genauso; bisschen; bis; ab; ob; durch; gegen; ohne; seit; zwischen; neben; statt; außer; eher; fast; genug; gleich; bald; später; früher; letzte; nächste; erste; zweite; ersten; letzten; stehen; steht; sagen; sagt; bringt; nimmt; nehmen; mehr; weniger; hab; euro"),
        (CueKinds.Anaphor, "das; es; er; sie; dann; da; so; und; aber; die; der; darum; deshalb; davon; dafür; damit; dort; auch; oder; den"),
    ];
}

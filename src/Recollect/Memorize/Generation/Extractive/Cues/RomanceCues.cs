namespace Recollect.Memorize.Generation.Extractive.Cues;

/// <summary>French and Spanish cues; phrases are separated by semicolons.</summary>
internal static class RomanceCues
{
    /// <summary>The phrases by kind.</summary>
    internal static readonly (CueKinds Kind, string Phrases)[] All =
    [
        (CueKinds.Statement, """
            j'habite; je vis; je travaille; je m'appelle; j'ai; je suis allergique; allergique; je préfère; j'aime; j'adore; je déteste; je ne mange; je veux; ma fille; mon fils; ma femme; mon mari; ma mère; mon père; ma sœur; mon frère; mes parents; mes enfants;
            mon chef; ma collègue; mon ami; mon amie; ma voiture; mon adresse; mon anniversaire; rappelle-toi; souviens-toi; désormais; à partir de maintenant; nous avons; nous habitons; j'ai déménagé; je déménage;
            vivo en; trabajo; me llamo; tengo; soy alérgico; soy alérgica; alérgico; alérgica; alergia; prefiero; me gusta; me encanta; odio; no como; quiero; mi hija; mi hijo; mi mujer; mi esposa; mi marido; mi madre; mi padre; mi hermana; mi hermano; mis padres;
            mis hijos; mi jefe; mi amigo; mi amiga; mi coche; mi dirección; mi cumpleaños; recuerda que; a partir de ahora; me mudo; me mudé; nos mudamos; tenemos; vivimos
            """),
        (CueKinds.Decision, """
            décidé; réservé; annulé; reporté; confirmé; accepté; signé; changé; finalement; à la place; ne plus; commandé; payé; acheté; rendez-vous;
            decidido; decidí; decidimos; reservado; reservé; cancelado; cancelé; aplazado; confirmado; aceptado; acepté; firmado; firmé; cambiado; en lugar de; ya no; comprado; compré; pagado; cita
            """),
        (CueKinds.Filler, """
            merci; bonjour; bonsoir; salut; d'accord; oui; non; parfait; super; très bien; bonne nuit; au revoir; à bientôt; de rien; bien sûr; génial; félicitations;
            gracias; hola; buenos días; buenas tardes; buenas noches; vale; sí; perfecto; claro; genial; de nada; adiós; hasta luego; por supuesto; muy bien; felicidades; enhorabuena
            """),
        (CueKinds.Month, """
            janvier; février; avril; juin; juillet; août; septembre; octobre; novembre; décembre;
            enero; febrero; marzo; abril; mayo; junio; julio; agosto; septiembre; octubre; noviembre; diciembre
            """),
        (CueKinds.Weekday, "lundi; mardi; mercredi; jeudi; vendredi; samedi; dimanche; lunes; martes; miércoles; jueves; viernes; sábado; domingo"),
        (CueKinds.RelativeDate, """
            demain; après-demain; hier; avant-hier; la semaine prochaine; le mois prochain; l'année prochaine; la semaine dernière; l'année dernière; ce soir; ce week-end; noël; pâques;
            mañana por; pasado mañana; ayer; anteayer; la próxima semana; la semana que viene; el próximo mes; el mes que viene; el año que viene; la semana pasada; el año pasado; esta noche; este fin de semana; navidad
            """),
        (CueKinds.Unit, "heures; heure; jours; jour; semaines; semaine; mois; ans; an; kilomètres; mètres; personnes; pour cent; horas; hora; días; día; semanas; semana; meses; años; año; metros; kilómetros; personas; pesos; dólares; por ciento"),
        (CueKinds.Title, "monsieur; madame; mme; mlle; docteur; señor; señora; señorita; sr; sra; srta; doctora; doña; oncle; tía; tío"),
        (CueKinds.Kin, "sœur; frère; fille; fils; femme; mari; mère; père; ami; amie; collègue; hermana; hermano; hija; hijo; esposa; marido; madre; padre; amigo; amiga; jefe; jefa"),
        (CueKinds.PersonVerb, "dit; pense; veut; demande; arrive; vient; travaille; habite; dice; dijo; piensa; quiere; pregunta; llega; viene; trabaja; vive"),
        (CueKinds.Place, "rue; avenue; place; hôtel; gare; aéroport; école; hôpital; calle; avenida; plaza; estación; aeropuerto; escuela; en; à; chez"),
        (CueKinds.Determiner, "le; la; les; un; une; des; du; mon; ma; mes; ton; ta; notre; votre; cette; ce; el; los; las; una; unos; mi; mis; tu; su; nuestro; nuestra; del; al; de; para; con; pour; avec"),
        (CueKinds.Anaphor, "c'est; ça; cela; alors; et; mais; il; elle; eso; esto; entonces; y; pero"),
    ];
}

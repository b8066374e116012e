namespace Recollect.Memorize.Generation.Extractive.Cues;

/// <summary>Common given names of many countries; those that are everyday words (Will, Rose, Mark) are left out.</summary>
internal static class GivenNames
{
    /// <summary>The names, separated by semicolons.</summary>
    internal const string All = """
        aaron; abdul; adam; adele; adrian; agnes; ahmed; aisha; alan; albert; alejandro; alessandro; alex; alexander; alexandra; alfred; ali; alice; alicia; alina; alison; amanda; amelia; amir; amit; amy; ana; anastasia; andre; andrea; andreas; andrew; angela; angelika;
        anita; anja; anna; anne; annette; annie; anthony; anton; antonia; antonio; arjun; arthur; astrid; audrey; ayse; barbara; beatrice; ben; benjamin; bernd; bernhard; beth; bettina; birgit; bob; brandon; brenda; brian; bridget; bruno; camille; carla; carlos; carmen; carol;
        caroline; catherine; cecilia; charlotte; chloe; chris; christian; christina; christine; christopher; claire; clara; claudia; clemens; connor; cynthia; dan; daniel; daniela; danielle; david; deborah; denise; dennis; derek; diana; diego; dieter; dmitri; dominik; donald; dora; doris;
        dorothy; edith; eduard; edward; elaine; elena; eleanor; elias; elisa; elisabeth; elizabeth; ella; ellen; emil; emilia; emily; emma; eric; erik; erika; esther; ethan; eva; evelyn; fatima; felix; fernando; fiona; florian; francesca; francis; francisco; franz; frederik; frieda; fritz;
        gabriel; gabriele; gareth; gary; georg; george; gerald; gerda; gerhard; gina; giovanni; giulia; gloria; greta; gregory; guido; gustav; hanna; hannah; hannes; hans; harald; harry; hassan; heather; heidi; heinz; helen; helena; helga; helmut; henrik; henry; herbert; hermann; hiroshi; hugo;
        ian; ibrahim; ida; ignacio; ilse; ines; ingrid; irene; irina; isaac; isabel; isabella; ivan; jack; jacob; jacqueline; jakob; james; jamie; jan; jane; janet; jason; javier; jean; jeff; jennifer; jenny; jeremy; jessica; jim; joan; joana; joanna; joe; johann; johanna; johannes; john; jonas; jonathan;
        jorge; jose; josef; joseph; joshua; juan; judith; julia; julian; julie; justin; jurgen; kai; karen; karim; karin; karl; karla; katharina; kathleen; kathrin; kathy; katie; katja; keith; kelly; kenji; kenneth; kevin; khalid; kim; klaus; konrad; kristina; kumar; kurt; kyle; lara; larry; laura; lauren; lea;
        leila; lena; leo; leon; leonard; leonie; liam; lilly; linda; lisa; lorenzo; louis; louise; luca; lucas; lucia; lucy; luis; luisa; luka; lukas; lydia; magdalena; manfred; manuel; marc; marco; marcus; margaret; maria; mariam; marie; marina; mario; marion; markus; martha; martin; martina; mary; mateo; matteo;
        matthew; matthias; maximilian; maya; megan; mei; melanie; melissa; mia; michael; michelle; miguel; mike; milan; mira; miriam; mohamed; mohammed; monica; monika; moritz; mustafa; nadia; nadine; nancy; natalia; natalie; nathan; niamh; nicholas; nick; nicola; nicole; niklas; nina; noah; nora; norbert; oliver; olivia;
        omar; oscar; oskar; pablo; pamela; patricia; patrick; paul; paula; pauline; pedro; peter; petra; philip; philipp; pierre; priya; rachel; rahul; rainer; ralf; raphael; rebecca; renate; ricardo; richard; robert; roberto; rohan; roland; roman; ronald; rosa; rosemary; ruben; ruth; ryan; sabine; sabrina; sally; sam;
        samantha; samir; samuel; sandra; sanjay; sara; sarah; saoirse; sean; sebastian; selin; sergei; sharon; sigrid; silke; silvia; simon; simone; siobhan; sofia; sonja; sophia; sophie; stefan; stefanie; stella; stephan; stephanie; stephen; steve; steven; stuart; susan; susanne; svetlana; sven; sylvia; tamara; tanja; tanya;
        tariq; tatiana; teresa; thomas; tiago; tim; timothy; tina; tobias; tom; tony; tracy; ulrich; ulrike; ursula; uwe; valentina; vanessa; vera; verena; veronica; victor; victoria; viktor; vincent; vivian; walter; wei; werner; wilhelm; william; wolfgang; xavier; yasmin; yusuf; yuki; yvonne; zoe; zainab
        """;
}

namespace Recollect.Text;

/// <summary>Knows the base form of English words whose forms no stemmer can find: <c>went</c> is <c>go</c>, <c>children</c> is <c>child</c>.</summary>
internal static class IrregularForms
{
    private const string Table = """
        arise arose arisen; bear bore borne; beat beaten; become became; begin began begun; bend bent; bite bit bitten;
        bleed bled; blow blew blown; break broke broken; breed bred; bring brought; build built; burn burnt; buy bought;
        catch caught; choose chose chosen choice choices; cling clung; come came; creep crept; deal dealt; dig dug; draw drew drawn;
        dream dreamt; drink drank drunk; drive drove driven; eat ate eaten; fall fell fallen; feed fed; feel felt; fight fought;
        find found; flee fled; fly flew flown flight flights; forbid forbade forbidden; forget forgot forgotten; forgive forgave forgiven;
        freeze froze frozen; get got gotten; give gave given; go went gone goes going; grind ground; grow grew grown growth; hang hung; hear heard;
        hide hid hidden; hold held; keep kept; kneel knelt; know knew known knowledge; lay laid; lead led; lean leant; leap leapt;
        learn learnt; leave left; lend lent; light lit; lose lost loss losses; make made; mean meant; meet met; pay paid; prove proven;
        ride rode ridden; ring rang rung; rise rose risen; run ran; say said; see saw seen; seek sought; sell sold sale sales; send sent;
        sew sewn; shake shook shaken; shine shone; shoot shot; show shown; shrink shrank shrunk; sing sang sung song songs; sink sank sunk;
        sit sat; sleep slept asleep; slide slid; smell smelt; sow sown; speak spoke spoken speech speeches; speed sped; spend spent; spill spilt; spin spun;
        spit spat; spoil spoilt; spring sprang sprung; stand stood; steal stole stolen; stick stuck; sting stung; strike struck stricken;
        strive strove striven; swear swore sworn; sweep swept; swell swollen; swim swam swum; swing swung; take took taken; teach taught;
        tear tore torn; tell told; think thought thoughts; throw threw thrown; understand understood; wake woke woken awake; wear wore worn;
        weave wove woven; weep wept; win won; withdraw withdrew withdrawn; write wrote written; bind bound; breathe breath breaths;
        bathe bath baths; sign signed; advise advice; believe belief beliefs; marry marriage marriages; die died dies dying death deaths dead;
        born birth births; live life lives alive; prove proof proofs; relieve relief; argue argument arguments; arrive arrival; decide decision decisions;
        succeed success successful; receive receipt; describe description; destroy destruction; perform performance performances performer performers;
        choose choosing; hot heat; long length; strong strength; weigh weight; high height; deep depth; warm warmth; young youth;
        grieve grief; solve solution solutions; apply application applications; invite invitation invitations; explore exploration; compete competition competitions competitor competitors;
        qualify qualification qualifications; organize organisation organization organizations; retire retirement; enter entry entries; please pleasure pleased;
        child children kid kids; man men; woman women; person people persons; mouse mice; foot feet; tooth teeth; goose geese;
        ox oxen; leaf leaves; loaf loaves; knife knives; wife wives; wolf wolves; half halves; shelf shelves; thief thieves; calf calves;
        scarf scarves; hero heroes; potato potatoes; tomato tomatoes; photo photos photograph photographs pic pics; analysis analyses; crisis crises;
        good better best; bad worse worst; far farther further furthest farthest;
        mother mom mum mommy mummy mama moms mothers mums; father dad daddy papa dads fathers; grandmother grandma granny grandmas; grandfather grandpa granddad grandpas;
        tv television televisions; bike bikes bicycle bicycles; phone phones telephone; refrigerator fridge; movie movies film films;
        color colour colors colours; favorite favourite favorites favourites; neighbor neighbour neighbors neighbours; center centre; theater theatre;
        gray grey; program programme; apartment apartments flat flats; vacation vacations holiday holidays; gym gyms gymnasium; exam exams examination;
        information info; advertise ad ads advert adverts advertisement advertisements advertising; business biz businesses; veterinarian vet vets; veteran veterans;
        university uni universities; college colleges; math maths mathematics; doctor doc docs doctors; sister sis sisters; brother bro brothers;
        favorite fave favs fav faves; puppy pup pups puppies; kitten kitty kitties kittens; vegetable veg veggie veggies vegetables; birthday bday birthdays;
        christmas xmas; ok okay; thanks thank; congrats congratulations congratulate; wanna want; gonna will
        """;

    private static readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Bases = Read();

    /// <summary>Writes the base form over the word, if the word is a known irregular form.</summary>
    /// <param name="buffer">Holds the word at its start; must have room for the base form.</param>
    /// <param name="length">The length of the word.</param>
    /// <returns>The length of the base form, or of the word itself.</returns>
    internal static int Apply(Span<char> buffer, int length)
    {
        if (!Bases.TryGetValue(buffer[..length], out var found) || found.Length > buffer.Length)
        {
            return length;
        }

        found.CopyTo(buffer);
        return found.Length;
    }

    private static Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Read()
    {
        var bases = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in Table.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = group.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            foreach (var form in words.AsSpan(1))
            {
                bases.TryAdd(form, words[0]);
            }
        }

        return bases.GetAlternateLookup<ReadOnlySpan<char>>();
    }
}

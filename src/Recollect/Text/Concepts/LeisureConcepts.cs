namespace Recollect.Text.Concepts;

/// <summary>Sports, games, arts, reading, music and celebration.</summary>
/// <remarks>One group per line; the form is described at <see cref="ConceptLexicon"/>.</remarks>
internal static class LeisureConcepts
{
    /// <summary>The groups.</summary>
    internal const string Groups = """
        hobby pastime interest leisure activity fun enjoy passion recreation
        sport athlete athletic game team play
        exercise workout fitness gym train training fit cardio
        run running jog marathon race sprint jogger 5k
        swim swimming pool diving lap snorkel
        bike bicycle cycle cycling ride biking
        hike hiking trail trek mountain climb backpacking walk
        climb climbing rock bouldering summit peak
        yoga meditation meditate mindfulness pilates stretch stretching breathe
        martial karate judo boxing wrestling fencing jiujitsu dojo
        weight lifting lift strength muscle bodybuilding
        football soccer goal league kick match
        basketball nba hoop court dunk dribble
        baseball bat pitcher inning homer softball
        tennis racket badminton court squash
        golf golfer caddie putt
        hockey puck rink skate
        ski skiing snowboard snowboarding slope sled
        skate skating skateboard rollerblade
        surf surfing wave surfboard paddle kayak canoe rafting
        fish fishing angler rod catch
        camp camping tent campfire campsite bonfire marshmallow
        hunt hunting archery shoot
        horse riding ride equestrian pony stable
        dance dancing dancer ballet choreography salsa hiphop tango waltz choreographer
        gymnastics acrobatics circus trapeze
        game gaming gamer videogame console xbox playstation nintendo
        chess board boardgame puzzle card poker monopoly
        toy doll lego teddy
        art painting drawing sculpture artwork gallery exhibit exhibition museum
        paint painting canvas watercolor brush acrylic portrait painter easel
        draw drawing sketch doodle illustration pencil
        pottery ceramics clay bowl pot kiln sculpture mug
        craft handmade diy knit crochet sew embroidery scrapbook quilt
        photography photograph camera photographer picture shoot lens snapshot
        music song tune melody musical band concert
        instrument guitar piano violin drum clarinet flute cello saxophone keyboard trumpet ukulele
        sing singer choir vocal karaoke
        band group musician concert gig rock
        concert gig festival show performance live
        classical orchestra symphony composer bach mozart beethoven opera
        jazz blues rock pop rap hiphop reggae country metal
        album record vinyl playlist track spotify
        movie film cinema theater screening documentary
        watch see view stream
        actor actress director star cast
        show series episode season netflix tv sitcom
        comedy standup sitcom
        book novel read reading story literature author fiction
        read reading reader book finish
        fantasy scifi magic wizard dragon
        mystery detective thriller crime suspense
        library bookstore bookshop bookshelf
        write writing writer journal diary poem poetry novel screenplay script story
        poem poetry poet verse
        journal diary notebook blog
        theater play drama stage perform acting musical audition
        perform performance show stage recital act
        festival fair carnival parade event fest
        party celebrate celebration bash gathering
        birthday cake candle turn party
        christmas holiday santa tree thanksgiving easter halloween
        halloween costume pumpkin trick
        fireworks parade independence july
        collect collection collector stamp coin antique
        garden gardening plant flower grow seed
        flower rose sunflower tulip lily bouquet daisy bloom blossom petal
        plant tree leaf houseplant succulent herb
        bird birdwatching eagle owl feather
        star astronomy telescope space planet galaxy meteor moon
        magic magician trick illusion
        tattoo piercing ink
        fashion clothes clothing outfit style dress designer trend
        shopping mall shop buy
        relax unwind rest chill calm decompress relaxation soothe
        spa massage sauna pampering
        picnic barbecue bbq cookout
        team squad club league teammate
        fan supporter enthusiast follower
        favorite prefer love preferred like best
        genre type kind style sort category
        event occasion happening function
        club society meetup group
        adventure explore exciting thrill expedition
        skydive skydiving bungee parachute
        sunset sunrise dusk dawn horizon
        create creative creativity artistic imagination express expression
        podcast radio broadcast host episode
        social media instagram facebook twitter tiktok post follower youtube
        stream streaming twitch youtube channel subscriber
        """;
}

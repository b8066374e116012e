namespace Recollect.Text.Concepts;

/// <summary>Family, friends, stages of life, beliefs and character.</summary>
/// <remarks>One group per line; the form is described at <see cref="ConceptLexicon"/>.</remarks>
internal static class PeopleConcepts
{
    /// <summary>The groups.</summary>
    internal const string Groups = """
        family relative relation household folks kin sibling parent child
        parent mother father mom dad stepmother stepfather guardian
        child son daughter toddler baby infant newborn boy girl teenager offspring
        sibling brother sister twin stepbrother stepsister
        spouse husband wife partner fiance fiancee bride groom hubby
        relative grandmother grandfather grandparent aunt uncle cousin niece nephew grandson granddaughter
        friend buddy pal mate companion bestie friendship acquaintance
        colleague coworker teammate workmate
        neighbor neighborhood community local
        boyfriend girlfriend date dating crush romance romantic relationship couple
        wedding marry bride groom engaged engagement propose proposal honeymoon anniversary ceremony vow
        divorce separate separation breakup split ex
        pregnant pregnancy expecting birth born baby maternity due
        adopt adoption foster orphan custody
        die funeral grief mourn passed bury cemetery memorial condolence widow
        ancestor heritage ancestry root roots descent origin homeland tradition native
        country nation nationality citizen citizenship immigrant immigrate abroad foreign overseas
        move relocate relocation settle transfer
        hometown home town city village birthplace
        elderly senior old aged retired pensioner grandparent
        young youth kid teen teenager adolescent childhood
        adult grownup mature
        gay lesbian queer lgbt lgbtq lgbtqia bisexual transgender trans pride gender transition
        woman female lady girl feminine
        man male guy gentleman masculine
        single unmarried bachelor divorced
        religion faith church god pray prayer worship bible spiritual belief christian catholic priest pastor mass service
        jewish synagogue rabbi shabbat sabbath passover hanukkah torah kosher
        muslim islam mosque ramadan eid quran imam
        hindu buddhist temple diwali monk
        identity identify self authentic background who
        character personality trait temperament attribute quality describe
        kind generous caring thoughtful considerate compassionate compassion empathy empathetic warm gentle kindness
        brave courage courageous bravery bold fearless strength strong
        honest honesty truth sincere trust trustworthy loyal loyalty integrity
        funny humor joke laugh hilarious comedy amuse laughter giggle
        smart clever intelligent intelligence wise wisdom bright brilliant
        stubborn determined determination persistent persevere perseverance resilience resilient grit dedicate dedication
        shy introvert quiet reserved timid
        outgoing extrovert social sociable talkative
        leader lead leadership boss captain chief head president
        mentor guide coach advisor counselor role model
        meet encounter introduce met reunion reunite gather gathering together
        gift present surprise wrap souvenir
        help support assist aid backing assistance supportive encourage encouragement
        volunteer charity donate donation fundraiser fundraise nonprofit contribute giving raise cause
        community neighborhood society group club member membership belong
        stranger unknown anonymous
        argue fight quarrel conflict disagree dispute argument disagreement
        forgive apologize apology sorry regret forgiveness
        promise vow pledge commit commitment swear
        visit visitor guest host hospitality stay
        talk chat speak conversation discuss discussion converse discussing
        call phone ring dial voicemail video
        message text email mail letter chat send
        bond close closeness connect connection bonding attachment
        equality rights justice activist activism advocate advocacy discrimination campaign protest inclusive inclusivity awareness
        veteran military army soldier navy troop war serve marine
        police officer cop crime criminal robbery steal thief arrest burglary
        neighbourly hero idol admire inspiration inspire inspiring look
        celebrity famous star fame
        pet dog cat animal puppy kitten hamster rabbit parrot fish turtle
        dog puppy canine leash bark breed labrador retriever poodle shepherd
        cat kitten feline meow purr
        name call nickname named title
        """;
}

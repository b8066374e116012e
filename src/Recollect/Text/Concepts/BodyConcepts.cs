namespace Recollect.Text.Concepts;

/// <summary>Health, feelings, food, clothes and looks.</summary>
/// <remarks>One group per line; the form is described at <see cref="ConceptLexicon"/>.</remarks>
internal static class BodyConcepts
{
    /// <summary>The groups.</summary>
    internal const string Groups = """
        health healthy wellness wellbeing medical fitness
        sick ill illness disease sickness flu cold fever unwell
        doctor hospital clinic physician medical nurse appointment checkup
        hospital surgery operation emergency ward
        medicine medication pill drug prescription vitamin tablet
        pain ache hurt sore painful injury
        injury injure hurt wound sprain fracture broken ankle
        headache migraine dizzy nausea
        cancer tumor chemo chemotherapy
        heart cardiac blood pressure
        diabetes insulin sugar
        allergy allergic asthma reaction intolerance
        dentist tooth dental cavity
        eye vision glasses sight
        mental depression anxiety psychological therapy
        therapy therapist counseling counselor counsel
        stress stressed pressure overwhelmed tense burnout
        sleep nap insomnia rest bed tired dream
        tired exhausted fatigue weary drained sleepy
        weight diet lose slim overweight obesity
        vaccine shot immunization injection
        disability disabled wheelchair autism adhd
        recover recovery heal healing rehab rehabilitation
        smoke smoking cigarette vape tobacco
        alcohol drunk sober addiction
        body muscle arm leg back knee shoulder
        hair haircut hairstyle salon barber dye
        skin skincare makeup cosmetics beauty
        feel feeling emotion mood emotional
        happy joy glad delighted cheerful happiness joyful thrilled pleased
        sad unhappy upset down depressed heartbroken sorrow cry
        angry mad furious anger annoyed irritated frustrated frustration
        afraid fear scared frightened terrified scary fearful phobia
        worry worried anxious nervous concern anxiety
        excited exciting thrilled excitement enthusiastic pumped
        proud pride accomplished
        grateful thankful appreciate gratitude appreciation blessed
        love adore affection cherish fond
        hate dislike despise detest
        lonely alone isolated loneliness
        surprised shocked amazed astonished
        calm peace peaceful serene tranquil relaxed serenity
        hope hopeful optimistic optimism
        confident confidence self esteem assured
        embarrassed ashamed shame awkward
        jealous envy jealousy
        bored boring dull
        motivate motivation drive inspire encourage inspiration
        accept acceptance embrace welcome tolerance
        comfort comforting console reassure
        memory remember recall memories nostalgia remind reminder
        food meal eat dish cuisine
        breakfast lunch dinner supper brunch
        eat dine dining restaurant
        cook cooking bake recipe kitchen prepare
        bake baking cake cookie bread pastry muffin pie cupcake oven
        dessert sweet cake chocolate candy icecream pie pudding
        snack chip cracker popcorn
        fruit apple banana orange strawberry berry peach mango grape lemon
        vegetable carrot broccoli salad tomato potato onion spinach
        meat beef chicken pork steak bacon turkey lamb
        fish seafood salmon shrimp tuna sushi
        vegetarian vegan plant
        pasta pizza italian spaghetti noodle
        mexican taco burrito salsa
        asian sushi ramen curry chinese thai
        soup stew broth
        bread toast sandwich bagel
        cheese milk dairy butter yogurt
        egg omelet pancake waffle
        rice bean grain
        coffee espresso latte cafe caffeine
        tea herbal
        drink beverage juice soda smoothie
        alcohol beer wine cocktail whiskey bar pub
        restaurant cafe diner bistro
        hungry appetite starving
        delicious tasty yummy flavor taste
        spice spicy pepper salt
        diet nutrition healthy calorie protein
        clothes clothing shirt dress pants jacket sweater jeans wear outfit
        shoe sneaker boot sandal heel
        hat cap scarf glove
        jewelry necklace ring bracelet earring pendant
        bag purse handbag backpack
        color red blue green yellow purple pink orange black white
        beautiful pretty gorgeous lovely stunning attractive
        big large huge enormous giant
        small tiny little mini
        new recent latest fresh modern
        old ancient vintage antique
        strong powerful tough
        important significant meaningful matter crucial essential vital
        symbol symbolize represent meaning mean sign stand
        reason cause because motive why
        """;
}

namespace Recollect.Text.Concepts;

/// <summary>Travel, places, nature, weather, home and vehicles.</summary>
/// <remarks>One group per line; the form is described at <see cref="ConceptLexicon"/>.</remarks>
internal static class PlaceConcepts
{
    /// <summary>The groups.</summary>
    internal const string Groups = """
        travel trip journey tour vacation visit traveling traveler getaway voyage
        vacation getaway trip holiday resort
        flight plane airport airline fly airplane
        car vehicle drive suv truck automobile van
        drive road highway route
        train subway railway metro station
        bus coach shuttle
        boat ship cruise sail sailing ferry yacht
        motorcycle scooter motorbike
        hotel hostel airbnb motel inn resort accommodation lodge cabin
        luggage suitcase pack bag backpack
        passport visa border customs
        beach ocean sea coast shore sand seaside wave
        lake river pond stream waterfall creek water
        mountain hill peak summit valley cliff
        forest wood woods jungle tree woodland
        desert dune cactus canyon
        island tropical hawaii caribbean bali
        park playground garden reserve
        nature outdoors outdoor wilderness wildlife scenery landscape natural
        zoo aquarium safari
        museum gallery exhibit
        castle palace monument landmark
        church cathedral chapel
        europe france paris italy rome spain barcelona germany berlin england london greece
        asia japan tokyo china india thailand korea vietnam
        africa egypt kenya morocco
        america usa canada mexico york california florida texas chicago seattle boston
        sweden norway denmark finland iceland
        weather rain sunny storm cloud wind forecast
        rain storm thunder flood umbrella
        snow winter cold ice freeze blizzard
        hot heat summer sun heatwave warm
        hurricane tornado earthquake flood wildfire disaster
        summer vacation july august june
        winter december january february snow
        spring april may march bloom
        autumn fall october november september
        house home apartment condo residence place dwelling
        room bedroom kitchen bathroom livingroom garage basement attic
        furniture sofa couch chair table desk bed shelf lamp
        decorate decoration decor interior renovate renovation remodel
        clean cleaning tidy chore laundry wash vacuum mop
        repair fix broken break maintenance replace
        garden yard backyard lawn patio
        roommate flatmate housemate
        neighborhood area district downtown suburb
        city town urban metropolis
        country countryside rural village farm
        location place spot site venue where
        near nearby close local
        far distant away remote
        direction map gps navigate route
        accident crash collision wreck injury
        bridge tunnel tower building
        building structure architecture skyscraper
        water ocean sea lake river
        fire flame burn smoke
        earth environment climate sustainability sustainable eco recycle pollution green planet conservation
        energy solar electricity power
        animal wildlife creature species bear deer fox wolf
        insect bee butterfly ant spider
        horse cow pig sheep goat chicken farm
        view scenery sight landscape panorama
        border abroad foreign overseas international
        road roadtrip drive trip
        street avenue lane corner
        window door floor wall roof ceiling
        key lock door
        gas fuel petrol mileage
        """;
}

namespace Recollect.Text.Concepts;

/// <summary>Dates, durations, frequency and amounts.</summary>
/// <remarks>One group per line; the form is described at <see cref="ConceptLexicon"/>.</remarks>
internal static class TimeConcepts
{
    /// <summary>The groups.</summary>
    internal const string Groups = """
        date day month year
        day today yesterday tomorrow tonight
        week weekend fortnight weekly
        weekend saturday sunday
        weekday monday tuesday wednesday thursday friday
        month january february march april june july august september october november december monthly
        year annual yearly annually
        season spring summer autumn fall winter
        morning dawn sunrise breakfast early
        afternoon noon midday lunch
        evening night tonight dusk late
        midnight night late
        hour minute second clock
        ago past previously former before earlier
        recent recently lately newly
        soon shortly upcoming future
        future someday later upcoming eventually tomorrow
        past history historical ago
        childhood kid young grew
        decade century generation
        first initial original
        last previous final
        next following upcoming
        often frequently regularly usual frequent
        sometimes occasionally
        always constantly forever
        daily everyday routine habit
        weekly monthly yearly
        one once single
        two twice pair couple double both
        three triple thrice
        four five six seven eight nine ten
        dozen hundred thousand million
        many several multiple numerous lots
        few little
        half quarter percent
        number count amount quantity
        long duration length
        anniversary birthday
        deadline due date
        begin start
        wait delay postpone reschedule
        late overdue
        early ahead
        age old year
        calendar schedule appointment
        """;
}

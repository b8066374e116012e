using System.Globalization;

namespace Recollect.Connectors.Postgres.Memories;

/// <summary>Writes the searches by words, which rank inside the server and in a time that does not grow with how common the words are.</summary>
/// <remarks>
/// A text counts more the more of the words it holds, the rarer they are among what may be seen, and the shorter it is (BM25 without
/// repetitions). Words that stand in very many texts tell little: they are not looked up everywhere but among the latest texts only, and
/// what holds the most of them comes after all that holds a rarer word. Parameters: $1 whose, $2 the words, $3 how many, $4 how many neighbours of a message on each side.
/// </remarks>
internal static class LexicalQueries
{
    /// <summary>How many texts with one word are ranked at the most, where few words are asked for.</summary>
    public const int MostRanked = 10_000;

    private const int MostCounted = 20_000; // of all words together, but never less than LeastRanked of each
    private const int LeastRanked = 250;
    private const int MostLatest = 20_000;
    private const int MostCommon = 400;

    /// <summary>Gets the search for messages: the number of messages that may be seen, then each message found and its neighbours.</summary>
    /// <param name="words">How many words are asked for.</param>
    public static string Messages(int words) =>
        $"""
        WITH {Ranking("recollect.messages", "t.memory_key, t.position", "t.sent_at", "length(t.terms)", "coalesce(sum(messages), 0)", "sum(message_words)", words)},
        shown AS (
            SELECT DISTINCT b.id AS memory_id, b.memory_key, b.position + near.distance AS position
            FROM best AS b CROSS JOIN generate_series(-$4::int, $4::int) AS near(distance))
        SELECT v.texts::bigint, s.memory_id, s.position, {MemoryRows.MessageColumns}
        FROM visible AS v LEFT JOIN (shown AS s JOIN recollect.messages AS m ON m.memory_key = s.memory_key AND m.position = s.position) ON true
        ORDER BY s.memory_id, s.position
        """;

    /// <summary>Gets the search for memories.</summary>
    /// <param name="words">How many words are asked for.</param>
    public static string Memories(int words) =>
        $"""
        WITH {Ranking("recollect.memories", "t.key AS memory_key, 0 AS position", "t.ended_at", "t.word_count", "count(*)", "sum(word_count)", words)}
        SELECT id, score FROM best ORDER BY score DESC, id
        """;

    private static string Ranking(string table, string key, string time, string length, string texts, string lengths, int words)
    {
        var most = Math.Clamp(MostCounted / Math.Max(words, 1), LeastRanked, MostRanked).ToString(CultureInfo.InvariantCulture);
        return $"""
            visible AS (SELECT ({texts})::float8 AS texts, ({lengths})::float8 / nullif({texts}, 0) AS usual FROM recollect.memories WHERE visibility = $1),
            asked AS (SELECT number, word::tsquery AS word FROM unnest($2::text[]) WITH ORDINALITY AS w(word, number)),
            hits AS MATERIALIZED ( -- compared so that no index on whose they are is read beside that on words, which holds whose they are too
                SELECT a.number, h.memory_key, h.position, h.length
                FROM asked AS a CROSS JOIN LATERAL (
                    SELECT {key}, {length} AS length FROM {table} AS t WHERE t.terms @@ a.word AND t.visibility IS NOT DISTINCT FROM $1 LIMIT {most}) AS h),
            rarity AS MATERIALIZED (
                SELECT h.number, count(*) < {most} AS is_ranked, round(1e6 * ln(1 + (min(v.texts) - count(*) + 0.5) / (count(*) + 0.5)))::bigint AS weight
                FROM hits AS h CROSS JOIN visible AS v GROUP BY h.number),
            ranked AS MATERIALIZED (
                SELECT h.memory_key, h.position, sum(r.weight) / (1 + 1.2 * (0.25 + 0.75 * h.length / greatest(min(v.usual), 1))) * 2.2e-6 AS score
                FROM hits AS h JOIN rarity AS r USING (number) CROSS JOIN visible AS v
                WHERE r.is_ranked GROUP BY h.memory_key, h.position, h.length),
            common AS (SELECT a.word FROM asked AS a JOIN rarity AS r USING (number) WHERE NOT r.is_ranked AND (SELECT count(*) FROM ranked) < $3),
            latest AS (
                SELECT l.memory_key, l.position, count(*) AS words, row_number() OVER (ORDER BY count(*) DESC, l.time DESC, l.position DESC, l.memory_key DESC) AS place
                FROM (
                    SELECT {key}, {time} AS time, t.terms FROM {table} AS t
                    WHERE t.visibility = $1 AND EXISTS (SELECT FROM common) ORDER BY {time} DESC LIMIT {MostLatest}) AS l
                JOIN common AS c ON l.terms @@ c.word
                GROUP BY l.memory_key, l.position, l.time ORDER BY place LIMIT {MostCommon}),
            found AS (
                SELECT memory_key, position, score::float8 FROM ranked
                UNION ALL
                SELECT l.memory_key, l.position, l.words * 1e-6 / (1 + l.place * 1e-6)
                FROM latest AS l WHERE NOT EXISTS (SELECT FROM ranked AS r WHERE r.memory_key = l.memory_key AND r.position = l.position)),
            nearly AS (SELECT * FROM found ORDER BY score DESC FETCH FIRST $3 ROWS WITH TIES),
            best AS (
                SELECT m.id, n.memory_key, n.position, n.score FROM nearly AS n JOIN recollect.memories AS m ON m.key = n.memory_key AND m.visibility = $1
                ORDER BY n.score DESC, m.id, n.position LIMIT $3)
            """;
    }
}

using System.Globalization;
using Recollect.Conversations;
using Recollect.IntegrationTests.Promises.Engines;

namespace Recollect.IntegrationTests.Promises.Convergence;

/// <summary>A random world: who talks when, and when the source gets to know of it.</summary>
internal sealed class World
{
    public const int Nights = 5;

    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    public static readonly DateTimeOffset Start = new(2026, 1, 5, 2, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan[] Gaps =
    [
        TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(40), TimeSpan.FromMinutes(59.9),
        Window, Window + TimeSpan.FromTicks(1), Window + TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(100), TimeSpan.FromHours(7), TimeSpan.FromHours(26),
    ];

    private readonly List<Arrival> _arrivals = [];
    private readonly Random _random;
    private long _position;

    public World(Random random)
    {
        _random = random;
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            AddThread(i);
        }
    }

    /// <summary>Gets what arrives, in the order of arrival.</summary>
    public IEnumerable<Arrival> Arrivals => _arrivals.OrderBy(arrival => arrival.At).ThenBy(arrival => arrival.Message.Position);

    public static DateTimeOffset Night(int number) => Start.AddDays(number);

    private void AddThread(int number)
    {
        var owner = new Owner { Tenant = Pick("default", "acme"), User = Pick("dana", "o'hara", "61"), Scope = Pick("personal", "ministry") };
        var isGiven = _random.Next(4) == 0;
        var thread = new ThreadKey { Source = ScriptedSource.SourceName, Owner = owner, Thread = $"t{number}", Workspace = isGiven ? null : Pick("w1", "w2"), Session = _random.Next(5) == 0 ? "s1" : null };
        var sentAt = Start.AddMinutes(_random.Next(0, 60 * 40));
        var lateness = _random.Next(3);
        for (var i = _random.Next(1, 14); i > 0 && sentAt < Night(Nights - 1); i--)
        {
            Add(thread, isGiven, sentAt, lateness);
            sentAt += Gaps[_random.Next(Gaps.Length)];
        }
    }

    private void Add(ThreadKey thread, bool isGiven, DateTimeOffset sentAt, int lateness)
    {
        _position++;
        var message = new Message
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"m{_position}"),
            Role = Pick(Roles.User, Roles.Assistant),
            Author = Pick(null, "Dana"),
            Text = string.Create(CultureInfo.InvariantCulture, $"text {_position} {Pick("", "plain words", new string('x', 150), "naïve 👩‍👩‍👧 漢字")}"),
            SentAt = sentAt,
            OrderKey = Pick(null, "9:0", "10:1"),
            Position = _position,
        };
        var arrivesAt = sentAt + (lateness == 0 || _random.Next(3) > 0 ? TimeSpan.Zero : TimeSpan.FromHours(_random.Next(1, 70)));
        _arrivals.Add(new(thread, isGiven, message, arrivesAt));
        if (_random.Next(12) == 0) // the source has it twice
        {
            _arrivals.Add(new(thread, isGiven, message with { Position = ++_position, Text = Pick(message.Text, "said again") }, arrivesAt));
        }
    }

    private T Pick<T>(params ReadOnlySpan<T> values) => values[_random.Next(values.Length)];
}

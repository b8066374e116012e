using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;
using Recollect.Bots;
using Recollect.Sessions;

namespace Recollect.Cli.Features;

/// <summary>Who has memory, as the feature flags say at this moment.</summary>
/// <remarks>Safe to call concurrently. Changed settings count from the next message on.</remarks>
internal sealed class MemoryFeature : IMemoryGate, IDisposable
{
    /// <summary>The section in configuration.</summary>
    public const string SectionName = "FeatureManagement";

    /// <summary>The flag that switches memory on and off.</summary>
    public const string Flag = "enable_memory_system";

    /// <summary>The flag that says for whom, once it is on; without it, for everyone.</summary>
    public const string Audience = "memory_audience";

    private readonly LiveSettings _settings;
    private readonly IConfigurationRoot _configuration;
    private readonly ConfigurationFeatureDefinitionProvider _definitions;
    private readonly FeatureManager _features;
    private readonly RoleResolver _roles;
    private readonly string _environment;
    private readonly bool _isOnUnlessSet;

    /// <summary>Initializes a new instance of the <see cref="MemoryFeature"/> class.</summary>
    /// <param name="settings">The flags.</param>
    /// <param name="isOnUnlessSet">Whether memory is on where the flag is not set at all.</param>
    /// <param name="roles">Tells roles.</param>
    /// <param name="people">Who came first.</param>
    /// <param name="options">The environment.</param>
    /// <param name="loggers">Logs of the filters.</param>
    public MemoryFeature(LiveSettings settings, bool isOnUnlessSet, RoleResolver roles, FirstPeople people, IOptions<BotOptions> options, ILoggerFactory loggers)
    {
        (_settings, _isOnUnlessSet, _roles, _environment) = (settings, isOnUnlessSet, roles, options.Value.Environment);
        _configuration = new ConfigurationBuilder().Add(settings).Build();
        _definitions = new(_configuration);
        _features = new(_definitions, new FeatureManagementOptions())
        {
            FeatureFilters =
            [
                new ContextualTargetingFilter(Options.Create(new TargetingEvaluationOptions { IgnoreCase = true }), loggers),
                new TimeWindowFilter(loggers),
                new FirstPeopleFilter(people),
            ],
            Logger = loggers.CreateLogger<FeatureManager>(),
        };
    }

    /// <summary>Checks the flags, whose parts are written by people.</summary>
    /// <exception cref="ConfigurationException">A filter is not known, or its parameters are wrong.</exception>
    public async Task CheckAsync()
    {
        foreach (var name in new[] { Flag, Audience })
        {
            if (_configuration[$"{SectionName}:{name}"] is { Length: > 0 } text && !bool.TryParse(text, out _))
            {
                throw new ConfigurationException($"{SectionName}:{name} is \"{text}\"; it must be true, false, or filters in EnabledFor.");
            }

            try
            {
                foreach (var filter in (await _definitions.GetFeatureDefinitionAsync(name))?.EnabledFor ?? [])
                {
                    if (string.Equals(filter.Name, FirstPeopleFilter.Alias, StringComparison.OrdinalIgnoreCase) && FirstPeopleFilter.WhatIsWrong(filter.Parameters) is { } wrong)
                    {
                        throw new ConfigurationException($"{SectionName}:{name}: {wrong}");
                    }
                }

                await _features.IsEnabledAsync(name, new FeaturePerson(string.Empty, []) { IsProbe = true });
            }
            catch (Exception ex) when (ex is FeatureManagementException or ArgumentException or InvalidOperationException or FormatException) // what the library says of its own settings
            {
                throw new ConfigurationException($"{SectionName}:{name} cannot be understood: {ex.Message} docs/recipes/bot-sessions.md shows how flags are written.");
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> IsOnAsync(string person, CancellationToken cancellationToken)
    {
        var who = new FeaturePerson(FeaturePerson.IdOf(person), [_roles.Of(person).ToString().ToLowerInvariant(), $"environment:{_environment}"]);
        return await IsAnybodyOnAsync(cancellationToken)
            && await IsOnAsync(Flag, who, unlessSet: _isOnUnlessSet, cancellationToken)
            && await IsOnAsync(Audience, who, unlessSet: true, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> IsAnybodyOnAsync(CancellationToken cancellationToken)
    {
        _settings.Refresh();
        return await _definitions.GetFeatureDefinitionAsync(Flag) is { } definition ? definition.EnabledFor.Any() : _isOnUnlessSet;
    }

    /// <inheritdoc/>
    public void Dispose() => _definitions.Dispose();

    private async ValueTask<bool> IsOnAsync(string flag, FeaturePerson who, bool unlessSet, CancellationToken cancellationToken) =>
        await _definitions.GetFeatureDefinitionAsync(flag) is null ? unlessSet : await _features.IsEnabledAsync(flag, who, cancellationToken);
}

using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.FeatureManagement;

namespace Recollect.Cli.Features;

/// <summary>The filter <c>FirstPeople</c>: on for the first <c>Count</c> who come, and for them it stays on.</summary>
/// <param name="people">Who came.</param>
[FilterAlias(Alias)]
internal sealed class FirstPeopleFilter(FirstPeople people) : IContextualFeatureFilter<FeaturePerson>
{
    /// <summary>The name in configuration.</summary>
    public const string Alias = "FirstPeople";

    private const string Count = "Count";

    /// <summary>Tells what is wrong with its parameters; null when nothing is.</summary>
    public static string? WhatIsWrong(IConfiguration parameters) =>
        int.TryParse(parameters[Count], CultureInfo.InvariantCulture, out var count) && count >= 1 ? null : $"{Alias} needs Count, a number of at least 1.";

    /// <inheritdoc/>
    public Task<bool> EvaluateAsync(FeatureFilterEvaluationContext featureFilterContext, FeaturePerson appContext) =>
        Task.FromResult(!appContext.IsProbe && WhatIsWrong(featureFilterContext.Parameters) is null && people.Admit(appContext.UserId, featureFilterContext.Parameters.GetValue<int>(Count)));
}

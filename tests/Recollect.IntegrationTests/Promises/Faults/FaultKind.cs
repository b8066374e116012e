namespace Recollect.IntegrationTests.Promises.Faults;

/// <summary>What goes wrong at the chosen call of a seam.</summary>
internal enum FaultKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The process dies before the call is made: neither it nor any later call happens.</summary>
    Kill,

    /// <summary>The process dies right after the call was made.</summary>
    KillAfter,

    /// <summary>The call fails for good.</summary>
    Fail,

    /// <summary>The call fails once, and would succeed if it were tried again.</summary>
    FailOnce,

    /// <summary>The call is made and its answer lost.</summary>
    FailAfter,

    /// <summary>The seam fails from here on.</summary>
    Outage,

    /// <summary>The call fails with an exception that is not the seam's own.</summary>
    Surprise,

    /// <summary>The caller stops the run.</summary>
    Cancel,
}

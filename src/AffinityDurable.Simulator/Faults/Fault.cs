namespace AffinityDurable.Simulator.Faults;

/// <summary>
/// A fault for the next requests that match it. With neither <see cref="Status"/> nor <see cref="CutsConnection"/> it only delays, or runs
/// <see cref="OnMatch"/>.
/// </summary>
public sealed record Fault
{
    /// <summary>The verb, such as <c>PATCH</c>; null matches all.</summary>
    public string? Method { get; init; }

    /// <summary>A part of the path, such as <c>/list-entries/9000001/</c>; null matches all.</summary>
    public string? PathContains { get; init; }

    /// <summary>How many matching requests pass unharmed first.</summary>
    public int Skip { get; init; }

    /// <summary>How many matching requests are hit; null is all.</summary>
    public int? Times { get; init; } = 1;

    /// <summary>The status to answer, in the error envelope.</summary>
    public int? Status { get; init; }

    /// <summary>The message in the envelope.</summary>
    public string Message { get; init; } = "A simulated fault.";

    /// <summary>Breaks the connection instead of answering.</summary>
    public bool CutsConnection { get; init; }

    /// <summary>The request is carried out first, then fails: the client cannot know that its write was committed.</summary>
    public bool AfterCommit { get; init; }

    /// <summary>Time added before the request is carried out.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Runs at each hit before the request is carried out: a human edit in the nick of time.</summary>
    public Func<Task>? OnMatch { get; init; }
}

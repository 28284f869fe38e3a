namespace AffinityDurable.Simulator.Faults;

/// <summary>
/// A rule for what goes wrong: which requests it sees, which of those it hits, and what happens to them. A fault <i>answers</i> when it
/// has a <see cref="Status"/>, a <see cref="Body"/>, <see cref="CutsConnection"/> or <see cref="ReplacesKey"/>; a request is answered by
/// the first such fault that hits. Faults that do not answer (delays, edits, removals) all apply, before the request is carried out.
/// </summary>
public sealed record Fault
{
    /// <summary>The verb, such as <c>PATCH</c>; null is any.</summary>
    public string? Method { get; init; }

    /// <summary>A part of the path, such as <c>/list-entries/9000001/</c>; null is any.</summary>
    public string? PathContains { get; init; }

    /// <summary>
    /// The endpoint, as the counters name it: <c>PATCH /v2/lists/{listId}/list-entries/{listEntryId}/fields</c>; null is any.
    /// </summary>
    public string? Endpoint { get; init; }

    /// <summary>How many matching requests pass unharmed first.</summary>
    public int Skip { get; init; }

    /// <summary>Every how many of the matching requests one is hit: 3 hits the third, the sixth and so on.</summary>
    public int Every { get; init; } = 1;

    /// <summary>How likely a matching request is hit, 0 to 1. The same seed hits the same ones of the same row of requests.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Decides all that is left to chance here: hits, delays, the values that people enter.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many matching requests are hit; null is all.</summary>
    public int? Times { get; init; } = 1;

    /// <summary>The status to answer, in the error envelope.</summary>
    public int? Status { get; init; }

    /// <summary>The message in the envelope.</summary>
    public string Message { get; init; } = "A simulated fault.";

    /// <summary>Resets the connection instead of answering.</summary>
    public bool CutsConnection { get; init; }

    /// <summary>The request is carried out first, then fails: the client cannot know that its write was committed.</summary>
    public bool AfterCommit { get; init; }

    /// <summary>The request is carried out, but the body of its answer is spoilt.</summary>
    public BrokenBody? Body { get; init; }

    /// <summary>
    /// The key of the request stops working, for this request already, and its user gets another, which
    /// <see cref="SimulatorServer.ApiKey"/> shows. The fault rests until that one was used, and never hits its first request.
    /// </summary>
    public bool ReplacesKey { get; init; }

    /// <summary>Time added before the request is carried out.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Makes the delay one by chance, from <see cref="Delay"/> up to this.</summary>
    public TimeSpan? DelayUpTo { get; init; }

    /// <summary>Somebody takes the entry in the path off its list. Sees only requests that name an entry.</summary>
    public bool DeletesEntry { get; init; }

    /// <summary>
    /// Somebody removes a dropdown option, and with it the values of all rows that hold it: one that the body refers to, or else any of
    /// the fields in reach. Sees only requests that have a field with options in reach.
    /// </summary>
    public bool RemovesOption { get; init; }

    /// <summary>
    /// Somebody changes a value of the entry, company or person in the path: of a field that the body names, or else of any. Sees only
    /// requests that name one.
    /// </summary>
    public bool EditsValue { get; init; }

    /// <summary>The id of the field that <see cref="EditsValue"/> changes.</summary>
    public string? EditedField { get; init; }

    /// <summary>Runs at each hit before the request is carried out: a human edit in the nick of time.</summary>
    public Func<Task>? OnMatch { get; init; }

    /// <summary>Whether it decides what the request is answered.</summary>
    internal bool Answers => Status is not null || CutsConnection || Body is not null || ReplacesKey;

    /// <summary>Whether it changes the account of its own accord.</summary>
    internal bool Changes => DeletesEntry || RemovesOption || EditsValue;

    /// <summary>Reads a fault as the control API takes it.</summary>
    /// <exception cref="FormatException">The text is not JSON, or has properties that a fault has not.</exception>
    /// <exception cref="ArgumentException">The fault makes no sense; the message names all that is wrong.</exception>
    public static Fault Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var fault = FaultJson.Parse(json);
        FaultRules.Require(fault);
        return fault;
    }
}

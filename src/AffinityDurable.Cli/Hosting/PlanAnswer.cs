namespace AffinityDurable.Cli.Hosting;

/// <summary>What a command has to say to a plan that waits for an approval.</summary>
/// <param name="Approve">Approved in advance; else a person at a terminal is asked.</param>
/// <param name="By">Who says so.</param>
/// <param name="Comment">What is said.</param>
internal sealed record PlanAnswer(bool Approve, string By, string? Comment)
{
    /// <summary>Nothing is said: for runs that wait for nobody.</summary>
    public static PlanAnswer None { get; } = new(Approve: false, "", Comment: null);
}

using System.Collections.Concurrent;
using System.Text.Json;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Functions.Tests.Crash;

/// <summary>What a run left behind.</summary>
/// <param name="Verification">What it read back, as lines of its definition.</param>
/// <param name="Report">Its report.</param>
/// <param name="Values">The values of each entry in Affinity.</param>
/// <param name="Patches">Accepted PATCHes by entry.</param>
internal sealed record RunTrace(string Verification, RunReport Report, IReadOnlyList<string> Values, IReadOnlyList<int> Patches)
{
    /// <summary>Runs that nobody disturbed, by what they read back; each is made once.</summary>
    private static readonly ConcurrentDictionary<string, Lazy<Task<RunTrace>>> Undisturbed = new(StringComparer.Ordinal);

    /// <summary>The same values and the same figures as a run that nobody disturbed, and no entry written more often.</summary>
    public async Task AssertLikeUndisturbedAsync()
    {
        var undisturbed = await Undisturbed.GetOrAdd(Verification, lines => new Lazy<Task<RunTrace>>(() => MakeAsync(lines))).Value;
        Assert.Equal((RunOutcome.Partial, null), (undisturbed.Report.Outcome, undisturbed.Report.Error));
        Assert.Equal((367, 367), (undisturbed.Patches.Sum(), undisturbed.Report.Writes!.EntriesWritten));

        Assert.Equal(undisturbed.Values, Values);
        Assert.Equal(undisturbed.Figures(), Figures());
        Assert.All(undisturbed.Patches.Zip(Patches), entry => Assert.True(entry.Second <= entry.First, $"Written {entry.Second} times instead of {entry.First}."));
    }

    private static async Task<RunTrace> MakeAsync(string verification)
    {
        await using var run = await KilledRun.PrepareAsync(verification: verification);
        return await run.FinishAsync();
    }

    /// <summary>All of the report that does not depend on times and calls.</summary>
    private string Figures() => JsonSerializer.Serialize(
        new
        {
            Report.Outcome,
            Report.Error,
            Report.Records,
            Report.Writes,
            Report.Verification,
            Report.RejectsByCode,
            Report.Guards,
            Plan = Report.Plan! with { ReadAt = default },
        },
        RunJson.Options);
}

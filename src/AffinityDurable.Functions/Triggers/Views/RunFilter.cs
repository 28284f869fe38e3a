using System.Buffers.Text;
using System.Text;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Triggers.Requests;

namespace AffinityDurable.Functions.Triggers.Views;

/// <summary>Which runs are wanted, and how many at once.</summary>
internal sealed record RunFilter
{
    private const int DefaultLimit = 50;
    private const int MostAtOnce = 200;

    public string? Sync { get; init; }

    public RunOutcome? Outcome { get; init; }

    public RunTrigger? Trigger { get; init; }

    public DateTimeOffset? Since { get; init; }

    public int Limit { get; init; }

    /// <summary>The last run of the page before; null for the first page.</summary>
    public string? After { get; init; }

    public static RunFilter Read(RequestQuery query)
    {
        var cursor = query.Text("cursor");
        var after = cursor is null ? null : RunOf(cursor);
        if (cursor is not null && after is null)
        {
            query.Report("'cursor' is what an earlier answer gave as 'next'.");
        }

        return new RunFilter
        {
            Sync = query.Text("sync"),
            Outcome = query.Word<RunOutcome>("outcome"),
            Trigger = query.Word<RunTrigger>("trigger"),
            Since = query.Instant("since"),
            Limit = query.Integer("limit", 1, MostAtOnce) ?? DefaultLimit,
            After = after,
        };
    }

    /// <summary>A run that has not ended is as new as can be.</summary>
    public bool Takes(RunSummary run) =>
        (Sync is null || Sync == run.Sync)
        && (Outcome is null || Outcome == run.Outcome)
        && (Trigger is null || Trigger == run.Trigger)
        && (Since is null || run.StartedAt is null || run.StartedAt >= Since);

    public static string CursorOf(RunSummary run) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(run.RunId));

    private static string? RunOf(string cursor) =>
        Base64Url.IsValid(cursor) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)) is var id && RunId.TryParse(id, out _) ? id : null;
}

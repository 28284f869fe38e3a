using System.Globalization;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Functions.Scheduling;

/// <summary>Keeps what became of each night, by documents <c>nights/{date}</c>.</summary>
public sealed class NightBook(ISyncState state, IRunStore store, TimeProvider clock)
{
    private const string Prefix = "nights/";

    /// <summary>Adds runs to their night. Repeating it changes nothing.</summary>
    /// <param name="startedAt">When the first of them was begun.</param>
    /// <param name="runs">The runs; their reports are in the run store.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The night as it stands now.</returns>
    public async Task<Night> AddAsync(DateTimeOffset startedAt, IReadOnlyList<NightRun> runs, CancellationToken cancellationToken)
    {
        var date = DateOnly.FromDateTime(startedAt.UtcDateTime);
        var reported = await ReportedAsync(runs, cancellationToken);
        while (true)
        {
            var current = await state.ReadAsync<Night>(Key(date), cancellationToken);
            var earlier = (current?.Value.Runs ?? []).ExceptBy(runs.Select(run => run.RunId), run => run.RunId, StringComparer.Ordinal);
            var night = new Night
            {
                Date = date,
                StartedAt = current?.Value.StartedAt ?? startedAt,
                EndedAt = clock.GetUtcNow(),
                Runs = [.. earlier, .. reported],
            };
            var stored = current is null
                ? await state.TryCreateAsync(Key(date), night, cancellationToken)
                : await state.TryReplaceAsync(Key(date), night, current.ETag, cancellationToken);
            if (stored is not null)
            {
                return night;
            }
        }
    }

    /// <summary>The latest nights, the newest first; runs that have ended since are shown as they ended.</summary>
    /// <param name="most">So many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<Night>> LatestAsync(int most, CancellationToken cancellationToken)
    {
        var keys = await state.ListAsync(Prefix, cancellationToken).ToListAsync(cancellationToken);
        var nights = new List<Night>();
        foreach (var key in keys.OrderDescending(StringComparer.Ordinal).Take(most))
        {
            if (await state.ReadAsync<Night>(key, cancellationToken) is { Value: { } night })
            {
                nights.Add(night with { Runs = await ReportedAsync(night.Runs, cancellationToken) });
            }
        }

        return nights;
    }

    private async Task<IReadOnlyList<NightRun>> ReportedAsync(IReadOnlyList<NightRun> runs, CancellationToken cancellationToken)
    {
        var reported = new List<NightRun>(runs.Count);
        foreach (var run in runs)
        {
            var report = run.Outcome is null ? await store.ReadJsonAsync<RunReport>(run.RunId, Artefacts.Report, cancellationToken) : null;
            reported.Add(report is null ? run : run.With(report));
        }

        return reported;
    }

    private static string Key(DateOnly date) => Prefix + date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

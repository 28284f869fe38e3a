using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Reading;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Explaining;

/// <summary>Finds the latest run that knew an entry.</summary>
internal sealed class EntrySearch(IRunStore store)
{
    /// <summary>Runs that are searched: an entry that none of them saw was mistyped, more likely than not.</summary>
    public const int MostRuns = 50;

    /// <exception cref="ProblemException">Several entries answer to what was asked for (AFF722), or the sync has no run (AFF721).</exception>
    public async Task<Sighting> FindAsync(Question question, CancellationToken cancellationToken)
    {
        var newer = new List<StoredRun>();
        await foreach (var run in StoredRun.OfAsync(store, question.Sync, cancellationToken).Where(run => Concerns(run, question)).Take(MostRuns))
        {
            if (await EntryOfAsync(run, question, cancellationToken) is { } entry)
            {
                return new Sighting(run, entry, newer);
            }

            newer.Add(run);
        }

        return newer.Count > 0
            ? new Sighting(null, null, newer)
            : throw new ProblemException(Problem.Of(HostErrors.NotThere, $"There is no stored run of a sync '{question.Sync}'."));
    }

    /// <summary>
    /// A company is on a test list too, as another entry: only who asks for that entry means it. A run that adopts values decides nothing.
    /// </summary>
    private static bool Concerns(StoredRun run, Question question) =>
        (run.Request.TestListId is null || question.EntryId is not null) && run.Request.Mode != RunMode.Adopt;

    private async Task<EntrySnapshot?> EntryOfAsync(StoredRun run, Question question, CancellationToken cancellationToken)
    {
        if (run.Sync is not { } sync)
        {
            return null;
        }

        var host = question.Domain is null ? null : DomainKey.Normalize(question.Domain);
        var found = await store.ReadSnapshotAsync(run.RunId, cancellationToken)
            .Where(entry => IsMeant(entry, question, host))
            .DistinctBy(entry => entry.EntryId)
            .ToListAsync(cancellationToken);
        return found.Count switch
        {
            0 => null,
            1 => found[0].With(await store.ReadFullSetsAsync(run.RunId, cancellationToken), sync),
            _ => throw new ProblemException(Problem.Of(
                HostErrors.BadRequest,
                $"The list has several entries for {question.Named}: {string.Join(", ", found.Select(entry => $"{entry.EntryId} ({entry.Name})"))}.",
                "Give the id of one of them.")),
        };
    }

    private static bool IsMeant(EntrySnapshot entry, Question question, string? host) =>
        question.EntryId is { } entryId ? entry.EntryId == entryId
        : question.EntityId is { } entityId ? entry.EntityId == entityId
        : host is not null && entry.Domains.Any(domain => DomainKey.Normalize(domain) == host);
}

/// <summary>Where an entry was seen last.</summary>
/// <param name="Run">The latest run that knew it; null when none did.</param>
/// <param name="Entry">The entry as that run read it.</param>
/// <param name="Newer">Runs after it, newest first; all that were searched when none knew the entry.</param>
internal sealed record Sighting(StoredRun? Run, EntrySnapshot? Entry, IReadOnlyList<StoredRun> Newer)
{
    /// <summary>The first run that read the list after the entry had been on it.</summary>
    public StoredRun? MissedBy => Newer.LastOrDefault(run => run is { Plan: not null, Request: { TestListId: null, Undo: null } });

    /// <summary>Undos after it, newest first: they read what they take back, and not the list.</summary>
    public IEnumerable<StoredRun> Undos => Newer.Where(run => run is { Plan: not null, Request.Undo: not null });

    /// <summary>The newest run after it that was to read the list and did not come so far.</summary>
    public StoredRun? CutShort => Newer.FirstOrDefault(run => run is { Plan: null, Request.Undo: null });
}

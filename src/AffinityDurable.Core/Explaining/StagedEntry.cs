using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Explaining;

/// <summary>What the source of a run said about an entry.</summary>
/// <param name="Malformed">Records that are no rows; null when a source was not read to its end.</param>
/// <param name="Rows">The row of each source that found the entry; null in the place of a source that has none.</param>
/// <param name="Reject">Why no row about the entry counts: several of them, or one that is about others too.</param>
internal sealed record StagedEntry(long? Malformed, StagedRow?[] Rows, SourceReject? Reject)
{
    /// <summary>Of a field that no row is behind.</summary>
    public static StagedEntry None { get; } = new(null, [], null);

    /// <summary>Whether there is a row that counts.</summary>
    public bool HasRow => Rows.Any(row => row is { IsDuplicate: false });

    public static async Task<StagedEntry> FindAsync(IRunStore store, StoredRun run, EntrySnapshot entry, CancellationToken cancellationToken)
    {
        var sources = run.Sync!.Definition.Sources;
        var rows = new StagedRow?[sources.Count];
        var malformed = 0L;
        for (var at = 0; at < rows.Length; at++)
        {
            if (await store.ReadJsonAsync<StagingSummary>(run.RunId, Artefacts.StagingSummary(sources[at].Name), cancellationToken) is not { } summary)
            {
                return None;
            }

            malformed += summary.Malformed;
            var row = await store.ReadLinesAsync<StagedRow>(run.RunId, Artefacts.StagedRows(sources[at].Name), cancellationToken: cancellationToken)
                .LastOrDefaultAsync(row => row.EntryId == entry.EntryId, cancellationToken);
            rows[at] = summary.DuplicateEntryIds.Contains(entry.EntryId) && row is not null ? row with { IsDuplicate = true } : row;
        }

        var staged = new StagedEntry(malformed, rows, null);
        return staged.HasRow ? staged : staged with { Reject = await RejectAsync(store, run, entry, cancellationToken) };
    }

    private static async Task<SourceReject?> RejectAsync(IRunStore store, StoredRun run, EntrySnapshot entry, CancellationToken cancellationToken) =>
        await store.ReadSourceRejectsAsync(run.RunId, run.Sync!.Definition, cancellationToken)
            .Select(found => found.Reject)
            .FirstOrDefaultAsync(reject => IsAbout(reject, entry), cancellationToken);

    /// <summary>An ambiguous row names no entry: its key does.</summary>
    private static bool IsAbout(SourceReject reject, EntrySnapshot entry) =>
        reject.EntryId is { } entryId ? entryId == entry.EntryId : reject.Code == MatchErrors.Ambiguous.Id && reject.Key is { } key && Leads(key, entry);

    private static bool Leads(string key, EntrySnapshot entry) =>
        long.TryParse(key, System.Globalization.CultureInfo.InvariantCulture, out var id)
            ? id == entry.EntityId || id == entry.EntryId
            : DomainKey.Normalize(key) is { } host && entry.Domains.Any(domain => DomainKey.Normalize(domain) == host);
}

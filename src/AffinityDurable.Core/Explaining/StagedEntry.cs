using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Explaining;

/// <summary>What the source of a run said about an entry.</summary>
/// <param name="Summary">Counts of the source; null when it was not read to its end.</param>
/// <param name="Row">The row that found the entry; for duplicates the first one.</param>
/// <param name="Reject">Why rows about the entry were rejected: several of them, or one that is about others too.</param>
internal sealed record StagedEntry(StagingSummary? Summary, StagedRow? Row, SourceReject? Reject)
{
    /// <summary>Of a field that no row is behind.</summary>
    public static StagedEntry None { get; } = new(null, null, null);

    public static async Task<StagedEntry> FindAsync(IRunStore store, string runId, EntrySnapshot entry, CancellationToken cancellationToken)
    {
        var summary = await store.ReadJsonAsync<StagingSummary>(runId, Artefacts.StagingSummary, cancellationToken);
        if (summary is null)
        {
            return None;
        }

        var row = await store.ReadLinesAsync<StagedRow>(runId, Artefacts.StagedRows, cancellationToken: cancellationToken)
            .FirstOrDefaultAsync(row => row.EntryId == entry.EntryId, cancellationToken);
        var reject = row is null || summary.DuplicateEntryIds.Contains(entry.EntryId)
            ? await store.ReadLinesAsync<SourceReject>(runId, Artefacts.SourceRejects, cancellationToken: cancellationToken)
                .FirstOrDefaultAsync(reject => IsAbout(reject, entry), cancellationToken)
            : null;
        return new StagedEntry(summary, row, reject);
    }

    /// <summary>An ambiguous row names no entry: its key does.</summary>
    private static bool IsAbout(SourceReject reject, EntrySnapshot entry) =>
        reject.EntryId is { } entryId ? entryId == entry.EntryId : reject.Code == MatchErrors.Ambiguous.Id && reject.Key is { } key && Leads(key, entry);

    private static bool Leads(string key, EntrySnapshot entry) =>
        long.TryParse(key, System.Globalization.CultureInfo.InvariantCulture, out var id)
            ? id == entry.EntityId || id == entry.EntryId
            : DomainKey.Normalize(key) is { } host && entry.Domains.Any(domain => DomainKey.Normalize(domain) == host);
}

using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Reading;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Throttling;
using AffinityDurable.Functions.Syncs;

namespace AffinityDurable.Functions.Work;

/// <summary>
/// Decides which items about changed fields are wanted: by the definition as it is now and by what Affinity shows now. What a delivery has
/// said about a value is not believed.
/// </summary>
public sealed class WorkJudge(SyncCatalog syncs, LiveResolution resolution, EntryLookup reader)
{
    /// <summary>Judges the due items of one sync.</summary>
    public async Task<WorkJudgement> JudgeAsync(string sync, IReadOnlyList<StoredWork> due, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(due);
        var doubtful = due.Where(IsDoubtful).ToList();
        var definition = doubtful.Count == 0 ? null : (await syncs.LoadAsync(sync, cancellationToken)).Definition;
        if (definition is null)
        {
            return new WorkJudgement(due);
        }

        var live = await resolution.ResolveAsync(definition, cancellationToken);
        var certain = due.Except(doubtful).ToList();
        if (live.Wait is not null || live.Failure is not null)
        {
            return new WorkJudgement(certain) { Postponed = doubtful, Wait = live.Wait, Failure = live.Failure };
        }

        // A run of a definition that does not fit its list says what is wrong.
        return live.Sync is null ? new WorkJudgement(due) : await JudgeAsync(live.Sync, certain, doubtful, cancellationToken);
    }

    private async Task<WorkJudgement> JudgeAsync(
        Core.Definitions.ResolvedSync sync, IReadOnlyList<StoredWork> certain, IReadOnlyList<StoredWork> doubtful, CancellationToken cancellationToken)
    {
        var rules = new TriggerRules(sync);
        var unread = doubtful.Where(work => rules.Asks(FieldOf(work)) && !rules.TakesAnyChange(FieldOf(work))).ToList();
        var wanted = certain.Concat(doubtful.Where(work => rules.TakesAnyChange(FieldOf(work))));
        var ids = unread.SelectMany(work => work.Work.Item.Entries!).ToHashSet();
        var read = ids.Count == 0
            ? new FoundEntries([], null, null)
            : await reader.ReadAsync(sync.List.Id, ids, rules.Fields, sync.Definition.MinuteSharePercent, cancellationToken);
        var entries = read.Entries.ToDictionary(entry => entry.Id);
        var isCutOff = read.Wait is not null || read.Failure is not null;
        return new WorkJudgement([.. wanted, .. unread.Where(work => EntryOf(work) is { } entry && rules.Holds(FieldOf(work), entry))])
        {
            Unwanted = [.. doubtful.Where(work => !rules.Asks(FieldOf(work))), .. unread.Where(work => EntryOf(work) is { } entry ? !rules.Holds(FieldOf(work), entry) : !isCutOff)],
            Postponed = isCutOff ? [.. unread.Where(work => EntryOf(work) is null)] : [],
            Wait = read.Wait,
            Failure = read.Failure,
        };

        Core.Affinity.ListEntry? EntryOf(StoredWork work) => entries.GetValueOrDefault(work.Work.Item.Entries![0]);
    }

    /// <summary>Only deliveries about fields; what other triggers refer to is their own affair.</summary>
    private static bool IsDoubtful(StoredWork work) => work.Work.Item is { Trigger: RunTrigger.Webhook, Reference: not null, Entries: not null };

    private static string FieldOf(StoredWork work) => work.Work.Item.Reference!;
}

/// <summary>Which items a run takes on.</summary>
/// <param name="Wanted">Those that it does.</param>
public sealed record WorkJudgement(IReadOnlyList<StoredWork> Wanted)
{
    /// <summary>Those that nobody asks for.</summary>
    public IReadOnlyList<StoredWork> Unwanted { get; init; } = [];

    /// <summary>Those of which it could not be found out.</summary>
    public IReadOnlyList<StoredWork> Postponed { get; init; } = [];

    /// <summary>Until when they have to wait.</summary>
    public Wait? Wait { get; init; }

    /// <summary>Why it cannot be found out.</summary>
    public CallProblem? Failure { get; init; }
}

using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Throttling;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Reading;

/// <summary>
/// Asks Affinity who made the edits that a plan has found, where the field is tracked. It costs a call an edit, so only some are asked
/// for; and what Affinity does not tell stays unnamed, because a run can do without.
/// </summary>
public sealed class EditorReader(AffinityClient client, IRunStore store, TimeProvider clock)
{
    /// <summary>Edits that a run asks for.</summary>
    public const int Most = 50;

    /// <summary>Goes on asking, and adds what was told to the run's conflicts.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="sync">The frozen definition.</param>
    /// <param name="skip">Edits that earlier slices have asked for.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<EditorSlice> ReadAsync(string runId, ResolvedSync sync, int skip, CancellationToken cancellationToken)
    {
        var conflicts = await store.ReadLinesIfThereAsync<Conflict>(runId, Artefacts.Conflicts, cancellationToken).ToListAsync(cancellationToken);

        // Only fields of the list: a change of any other names no entry to ask for.
        var fields = FieldText.OfAll(sync).Where(field => field.Value.Field.Field.IsListField).ToDictionary();
        var wanted = Enumerable.Range(0, conflicts.Count).Where(at => conflicts[at].IsHumanEdit && fields.ContainsKey(conflicts[at].FieldId)).Take(Most).ToList();
        var calls = ThrottledCalls.OneLane(sync.Definition.MinuteSharePercent, clock);
        var asked = 0;
        var isOver = false;
        Wait? wait = null;
        foreach (var at in wanted.Skip(skip))
        {
            if ((wait = calls.Blocked) is not null)
            {
                break;
            }

            var text = fields[conflicts[at].FieldId];
            var answer = await calls.CallAsync(() => client.NewestChangeAsync(conflicts[at].EntryId, text.Field.Field, cancellationToken), cancellationToken);
            if (answer.Fault is { } fault)
            {
                wait = calls.WaitFor(fault);
                isOver = wait is null;
                break;
            }

            asked++;
            conflicts[at] = Named(conflicts[at], text, answer.Value);
        }

        if (asked > 0)
        {
            await store.WriteLinesAsync(runId, Artefacts.Conflicts, conflicts, cancellationToken);
        }

        isOver |= skip + asked >= wanted.Count || wait?.Reason is WaitReason.MonthlyLimit or WaitReason.Outage;
        return new EditorSlice(asked, isOver, calls.Calls, isOver ? null : wait);
    }

    /// <summary>The newest change that Affinity knows may be an older one, or our own: it is the edit only if it left what is there.</summary>
    private static Conflict Named(Conflict conflict, FieldText text, ValueChange? change)
    {
        var isTheEdit = change is not null
            && (text.Field.ValueType().IsMulti
                || (change.After.State == LiveState.Known && (text.Of(change.After.Value) ?? "") == conflict.Live));
        return isTheEdit ? conflict with { ChangedBy = change!.By, ChangedAt = change.At } : conflict;
    }
}

/// <summary>How far the edits were asked for.</summary>
/// <param name="Asked">Edits that this slice has dealt with.</param>
/// <param name="IsOver">Nothing is left, or there is no use in asking on.</param>
/// <param name="Calls">Calls made.</param>
/// <param name="Wait">Until when the rest has to wait.</param>
public sealed record EditorSlice(int Asked, bool IsOver, int Calls, Wait? Wait = null);

using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Cli.Output;

/// <summary>Prints the changes of a plan, before and after, and what applying them costs.</summary>
internal sealed class PlannedChanges(Terminal terminal, IRunStore store)
{
    public async Task WriteAsync(string runId, PlanSummary plan, int most, CancellationToken stop)
    {
        var sync = await store.RequireJsonAsync<ResolvedSync>(runId, Artefacts.ResolvedSync, stop);
        var rows = await RowsAsync(runId, plan, sync, most, stop);
        terminal.Line();
        terminal.Line($"Changes: {Tables.Number(plan.ChangedFields)} fields of {Tables.Number(plan.ChangedEntries)} entries");
        if (rows.Count > 0)
        {
            Tables.Write(terminal, ["company", "field", "reason", "before", "after"], rows);
        }

        if (plan.ChangedFields > rows.Count)
        {
            terminal.Line($"  … and {Tables.Number(plan.ChangedFields - rows.Count)} more; --max shows more");
        }

        terminal.Line();
        terminal.Line($"Applying takes {Tables.Number(plan.WriteCalls)} calls{Time(plan)}. The plan's hash is {plan.Hash[..12]}.");
    }

    private async Task<List<IReadOnlyList<string?>>> RowsAsync(string runId, PlanSummary plan, ResolvedSync sync, int most, CancellationToken stop)
    {
        var fields = sync.Fields.ToDictionary(field => field.Field.Id, field => new ShownField(field, sync), StringComparer.Ordinal);
        var rows = new List<IReadOnlyList<string?>>();
        for (var batch = 0; batch < plan.Batches && rows.Count < most; batch++)
        {
            await foreach (var change in store.ReadLinesAsync<EntryChange>(runId, Artefacts.Batch(batch), cancellationToken: stop))
            {
                rows.AddRange(change.Fields.Select(field => fields[field.FieldId].Row(change, field)));
            }
        }

        return [.. rows.Take(most)];
    }

    private static string Time(PlanSummary plan) => plan.WriteTime switch
    {
        null => "",
        { Ticks: 0 } => ", less than a minute under the minute limit",
        { } time => $", at least {time.TotalMinutes:0} min under the minute limit",
    };

    private sealed class ShownField(ResolvedField field, ResolvedSync sync)
    {
        private readonly AffinityValueType type = field.ValueType();
        private readonly CoercionContext context = field.CoercionContext(TimeZoneInfo.FindSystemTimeZoneById(sync.Definition.TimeZone));

        public IReadOnlyList<string?> Row(EntryChange entry, FieldChange change) =>
            [entry.Name ?? $"entry {entry.EntryId}", field.Field.Name, Reason(change.Reason), Render(change.Before), Render(change.After)];

        private string Render(FieldValue? value) => value is null ? "(empty)" : type.Render(value, context);

        private static string Reason(ChangeReason reason) => reason switch
        {
            ChangeReason.Fill => "fill",
            ChangeReason.Overwrite => "overwrite",
            ChangeReason.Restore => "restore",
            _ => "clear",
        };
    }
}

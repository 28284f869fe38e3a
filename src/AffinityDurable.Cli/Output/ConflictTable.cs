using System.Globalization;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Cli.Output;

/// <summary>Prints the values on which source and people differ, and what becomes of them.</summary>
internal static class ConflictTable
{
    public static void Write(Terminal terminal, RunReport report)
    {
        if (report.Conflicts.Count == 0)
        {
            return;
        }

        terminal.Line();
        terminal.Line("Where source and people differ");
        Tables.Write(
            terminal,
            ["company", "field", "in Affinity", "source", "", "changed"],
            report.Conflicts.Select(conflict => (IReadOnlyList<string?>)
            [
                conflict.Name ?? $"entry {conflict.EntryId}",
                conflict.FieldName,
                Shown(conflict.Live),
                Shown(conflict.Source),
                Decision(conflict),
                Change(conflict),
            ]));
        var more = (report.Plan?.Conflicts ?? 0) - report.Conflicts.Count;
        if (more > 0)
        {
            terminal.Line($"  … and {Tables.Number(more)} more in {Artefacts.Conflicts}");
        }
    }

    private static string Shown(string value) => value.Length == 0 ? "(empty)" : value;

    private static string Decision(Conflict conflict) => conflict.Decision switch
    {
        OnConflict.HumanWins => "edit kept",
        OnConflict.ReportOnly => "reported only",
        _ => "edit overwritten",
    };

    private static string? Change(Conflict conflict) => conflict.ChangedAt is { } at
        ? string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm}Z by {conflict.ChangedBy ?? "somebody who is gone"}")
        : null;
}

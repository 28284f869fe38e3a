using System.Globalization;
using AffinityDurable.Core.Health;

namespace AffinityDurable.Cli.Output;

/// <summary>Prints which companies crossed a threshold and which recovered.</summary>
internal static class HealthTable
{
    private const int MostShown = 20;

    public static void Write(Terminal terminal, HealthSummary? health)
    {
        if (health is null)
        {
            return;
        }

        terminal.Line();
        terminal.Line($"Health: {Tables.Number(health.AtRisk)} at risk, {Tables.Number(health.Ok)} OK{(health.Unknown > 0 ? $", {Tables.Number(health.Unknown)} not known" : "")}");
        Write(terminal, health.IsFirst ? "At risk, without an earlier run to compare with" : "Crossed a threshold", health.Crossed, health.CrossedEntries);
        Write(terminal, "Recovered", health.Recovered, health.RecoveredEntries);
    }

    private static void Write(Terminal terminal, string title, int count, IReadOnlyList<HealthEntry> entries)
    {
        if (count == 0)
        {
            return;
        }

        terminal.Line($"{title}: {Tables.Number(count)}");
        Tables.Write(
            terminal,
            ["#entry", "company", "rule"],
            entries.Take(MostShown).Select(entry => (IReadOnlyList<string?>)[entry.EntryId.ToString(CultureInfo.InvariantCulture), entry.Name, string.Join("; ", entry.Rules)]));
        if (count > MostShown)
        {
            terminal.Line($"  … and {Tables.Number(count - MostShown)} more in the run's files");
        }
    }
}

using System.Globalization;
using AffinityDurable.Core.Planning;

namespace AffinityDurable.Cli.Output;

/// <summary>Prints what the guards found: those with something to tell, and what shows a breach best.</summary>
internal static class GuardTable
{
    public static void Write(Terminal terminal, IReadOnlyList<GuardFinding> guards)
    {
        var telling = guards.Where(guard => guard.Breached || guard.Subject is null || guard.Figure > 0).ToList();
        Tables.Write(
            terminal,
            ["rule", "field or column", "#figure", "#allowed", ""],
            telling.Select(guard => (IReadOnlyList<string?>)
            [
                guard.Rule,
                guard.Subject,
                GuardFinding.Render(guard.Figure),
                GuardFinding.Render(guard.Threshold),
                guard.Breached ? $"{guard.Code} breached" : "passed",
            ]));
        if (guards.Count > telling.Count)
        {
            terminal.Line($"  … and {Tables.Number(guards.Count - telling.Count)} more, which found nothing");
        }

        foreach (var breach in guards.Where(guard => guard.Examples.Count > 0))
        {
            WriteExamples(terminal, breach);
        }
    }

    private static void WriteExamples(Terminal terminal, GuardFinding breach)
    {
        terminal.Line();
        terminal.Line($"For instance, {breach.Rule}{(breach.Subject is null ? "" : $" of \"{breach.Subject}\"")}");
        Tables.Write(
            terminal,
            ["#line", "#entry", "company", ""],
            breach.Examples.Select(example => (IReadOnlyList<string?>)
            [
                example.Line?.ToString(CultureInfo.InvariantCulture),
                example.EntryId?.ToString(CultureInfo.InvariantCulture),
                example.Name,
                example.Text,
            ]));
    }
}

using System.CommandLine;
using System.Text.Json;
using AffinityDurable.Cli.Hosting;
using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Cli.Commands;

/// <summary><c>diff</c>: the plan of a run field by field, and what became of it.</summary>
internal static class DiffCommand
{
    private const int DefaultChanges = 50;

    public static Command Create(GlobalOptions globals)
    {
        var run = new Argument<string>("run") { Description = "Id of the run" };
        var company = new Option<string?>("--company") { Description = "Only where the name or a domain has this text in it", HelpName = "text" };
        var entry = new Option<long?>("--entry") { Description = "Only this list entry", HelpName = "id" };
        var field = new Option<string?>("--field") { Description = "Only this field, by name or id", HelpName = "field" };
        var reason = new Option<ChangeReason?>("--reason") { Description = "Only changes of this kind", HelpName = string.Join('|', Enum.GetNames<ChangeReason>()).ToLowerInvariant() };
        var most = new Option<int?>("--max") { Description = $"Changed fields to show (default {DefaultChanges}; with --json or --csv all)", HelpName = "n" };
        var json = new Option<bool>("--json") { Description = "As a JSON array" };
        var csv = new Option<bool>("--csv") { Description = "As CSV" };
        var command = new Command("diff", "Shows what a run was to change: before, after, reason, source, rule, and what became of it; without a call")
        {
            run, company, entry, field, reason, most, json, csv,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(csv))
            {
                result.AddError("Give --json or --csv, not both.");
            }
        });
        command.SetAction((result, stop) =>
        {
            var filter = new DiffFilter
            {
                Company = result.GetValue(company),
                EntryId = result.GetValue(entry),
                Field = result.GetValue(field),
                Reason = result.GetValue(reason),
            };
            var session = globals.Session(result);
            var lines = new PlanDiff(session.RunStore).ReadAsync(result.GetRequiredValue(run), filter, stop);
            return result.GetValue(json) || result.GetValue(csv)
                ? PrintAsync(lines.Take(result.GetValue(most) ?? int.MaxValue), result.GetValue(csv), stop)
                : ShowAsync(session, lines, result.GetValue(most) ?? DefaultChanges, stop);
        });
        return command;
    }

    private static async Task<int> ShowAsync(Session session, IAsyncEnumerable<DiffLine> lines, int most, CancellationToken stop)
    {
        await new PlannedChanges(session.Terminal, session.RunStore).WriteAsync(lines, most, stop);
        return ExitCodes.Succeeded;
    }

    private static async Task<int> PrintAsync(IAsyncEnumerable<DiffLine> lines, bool asCsv, CancellationToken stop)
    {
        await using var output = Console.OpenStandardOutput();
        if (asCsv)
        {
            await PlanDiff.WriteCsvAsync(output, lines, stop);
        }
        else
        {
            await JsonSerializer.SerializeAsync(output, lines, RunJson.Options, stop);
            output.WriteByte((byte)'\n');
        }

        return ExitCodes.Succeeded;
    }
}

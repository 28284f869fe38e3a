using System.CommandLine;
using System.Globalization;
using AffinityDurable.Cli.Hosting;
using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Cli.Commands;

/// <summary><c>runs</c>: the runs of the state directory, and the report of one.</summary>
internal static class RunsCommand
{
    private const int DefaultRuns = 20;
    private const int DefaultChanges = 50;

    public static Command Create(GlobalOptions globals)
    {
        var id = new Argument<string?>("id") { Description = "Id of a run (optional): shows its report", Arity = ArgumentArity.ZeroOrOne };
        var most = new Option<int?>("--max") { Description = $"Runs to show (default {DefaultRuns}), or changed fields of a plan (default {DefaultChanges})", HelpName = "n" };
        var print = new Option<string?>("--print") { Description = $"Prints one file of the run as it is, such as {Artefacts.RejectsCsv}", HelpName = "file" };
        var command = new Command("runs", "Shows the runs of the state directory, or, with an id, the report of one") { id, most, print };
        command.Validators.Add(result =>
        {
            if (result.GetValue(print) is not null && result.GetValue(id) is null)
            {
                result.AddError("--print needs the id of a run.");
            }
        });
        command.SetAction((result, stop) => (result.GetValue(id), result.GetValue(print)) switch
        {
            (null, _) => ListAsync(globals.Session(result), result.GetValue(most) ?? DefaultRuns, stop),
            ({ } runId, { } file) => PrintAsync(globals.Session(result), runId, file, stop),
            ({ } runId, null) => ShowAsync(globals.Session(result), runId, result.GetValue(most) ?? DefaultChanges, stop),
        });
        return command;
    }

    private static async Task<int> ListAsync(Session session, int most, CancellationToken stop)
    {
        var store = session.RunStore;
        if (File.Exists(session.StateDirectory))
        {
            throw new ProblemException(Problem.Of(HostErrors.StateDirectoryUnusable, $"{HostErrors.StateDirectoryUnusable.Title}: {session.StateDirectory} is a file."));
        }

        var rows = new List<IReadOnlyList<string?>>();
        await foreach (var runId in store.RunsAsync(stop))
        {
            if (rows.Count == most)
            {
                break;
            }

            rows.Add(await RowAsync(session, store, runId, stop));
        }

        if (rows.Count == 0)
        {
            session.Terminal.Line($"There are no runs in {session.StorePlace}.");
            return ExitCodes.Succeeded;
        }

        Tables.Write(session.Terminal, ["run", "sync", "mode", "outcome", "started", "#entries written", "#rejects"], rows);
        return ExitCodes.Succeeded;
    }

    private static async Task<IReadOnlyList<string?>> RowAsync(Session session, IRunStore store, string runId, CancellationToken stop)
    {
        if (await store.ReadJsonAsync<RunReport>(runId, Artefacts.Report, stop) is not { } report)
        {
            var request = await store.ReadJsonAsync<RunRequest>(runId, Artefacts.Request, stop);
            var standing = await IsWaitingAsync(session, runId, stop) ? "waits for approval" : "not ended";
            return [runId, request?.Sync, request?.Mode.ToString(), standing, null, null, null];
        }

        return
        [
            runId,
            report.Sync,
            report.Mode.ToString(),
            report.Outcome.ToString(),
            report.StartedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            Tables.Number(report.Writes?.EntriesWritten ?? 0),
            Tables.Number(report.RejectsByCode.Values.Sum()),
        ];
    }

    private static async Task<bool> IsWaitingAsync(Session session, string runId, CancellationToken stop) =>
        await new ApprovalBook(session.SyncState).FindAsync(runId, stop) is { Answer: null };

    private static async Task<int> ShowAsync(Session session, string runId, int mostChanges, CancellationToken stop)
    {
        var store = session.RunStore;
        var report = await store.ReadJsonAsync<RunReport>(runId, Artefacts.Report, stop)
            ?? throw new ProblemException(Problem.Of(HostErrors.NotThere, $"There is no report of a run '{runId}' in {session.StorePlace}."));
        await new ReportPage(session.Terminal, store).WriteAsync(report, mostChanges, stop);
        return ExitCodes.Succeeded;
    }

    private static async Task<int> PrintAsync(Session session, string runId, string file, CancellationToken stop)
    {
        await using var content = await session.RunStore.OpenReadAsync(runId, file, stop)
            ?? throw new ProblemException(Problem.Of(HostErrors.NotThere, $"There is no file '{file}' of a run '{runId}' in {session.StorePlace}."));
        await using var output = Console.OpenStandardOutput();
        await content.CopyToAsync(output, stop);
        return ExitCodes.Succeeded;
    }
}

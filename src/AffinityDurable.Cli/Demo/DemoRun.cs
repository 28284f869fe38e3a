using System.Diagnostics;
using AffinityDurable.Cli.Commands;
using AffinityDurable.Cli.Hosting;
using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Simulator;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Cli.Demo;

/// <summary>Runs the sample sync against a simulated Affinity, twice, and checks what came out.</summary>
internal sealed class DemoRun(Terminal terminal, LogLevel logLevel, string? state)
{
    private const string Sync = "portfolio-metrics";

    /// <summary>Affinity's minute, shortened: the run has more calls to make than one window takes.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(6);

    private readonly Stopwatch watch = Stopwatch.StartNew();

    public async Task<int> ExecuteAsync(CancellationToken stop)
    {
        var portfolio = DemoPortfolio.Create();
        var account = new DemoTenant(portfolio);
        await using var simulator = await SimulatorServer.StartAsync(new SimulatorOptions { Window = Window }, account.Tenant, stop);
        using var folder = new DemoFolder(state);
        var session = SessionOf(simulator, folder);
        WriteIntroduction(portfolio, simulator);

        var check = new DemoCheck(portfolio, portfolio.After());
        var first = await RunAsync(session, stop);
        await WriteReportAsync(session, first, stop);
        check.FirstRun(first);
        check.ReadBack(account.ReadBack());

        var patches = simulator.Counters.PatchCalls;
        terminal.Line();
        terminal.Line("The same once more: live values are compared, so there must be nothing to write.");
        var second = await RunAsync(session, stop);
        check.SecondRun(second, simulator.Counters.PatchCalls - patches);
        WriteSecond(second, simulator.Counters.PatchCalls - patches);
        return WriteVerdict(check);
    }

    private Session SessionOf(SimulatorServer simulator, DemoFolder folder)
    {
        // Nothing of the environment: a real key must not get here, and no setting may change what is shown.
        var settings = CliSettings.Only(
            (CliSettings.AddressKey, simulator.BaseAddress.ToString()),
            (CliSettings.ApiKeyKey, simulator.ApiKey),
            (CliSettings.DefinitionsKey, folder.Definitions),
            (CliSettings.StateKey, folder.State));
        return new Session(settings, terminal, FailOn.Partial, logLevel);
    }

    private static async Task<RunReport> RunAsync(Session session, CancellationToken stop)
    {
        var request = new RunRequest { Sync = Sync, Mode = RunMode.Apply, Trigger = RunTrigger.CommandLine };
        await using var gateway = await RunGateways.OpenAsync(session, request, stop);
        var run = await FollowedRun.StartAsync(session, gateway, request, stop);
        return (await run.FollowAsync(new PlanAnswer(Approve: true, "demo", "The demo approves its own plan."), stop))!;
    }

    private void WriteIntroduction(DemoPortfolio portfolio, SimulatorServer simulator)
    {
        terminal.Line(ShowVersion.Text);
        terminal.Line($"A simulated Affinity at {simulator.BaseAddress}: {Tables.Number(portfolio.Companies.Count)} companies on the list \"Portfolio\",");
        terminal.Line($"{simulator.Limits.CallsPerMinute} calls per window as in the real one, the window shortened from a minute to {Window.TotalSeconds:0} s.");
        terminal.Line($"The source: samples/demo/portfolio-metrics.csv, {Tables.Number(portfolio.Rows.Count)} records, some of them bad on purpose.");
        terminal.Line();
    }

    private async Task WriteReportAsync(Session session, RunReport report, CancellationToken stop)
    {
        var store = session.RunStore;
        var view = new ReportView(terminal);
        view.Write(report, await RejectList.ReadAsync(store, report.RunId, stop));
        if (state is not null)
        {
            view.WriteFiles(store, report.RunId);
        }
    }

    private void WriteSecond(RunReport report, long patches) => terminal.Line(
        $"{report.Outcome}: {report.Plan?.ChangedEntries} entries to change, {patches} PATCH calls; the planted rejects are still there.");

    private int WriteVerdict(DemoCheck check)
    {
        terminal.Line();
        foreach (var difference in check.Differences)
        {
            terminal.Line($"Differs: {difference}");
        }

        terminal.Line(check.Differences.Count == 0
            ? $"Everything came out as planted: read back from the simulator, all good values are there and nothing else was touched ({watch.Elapsed.TotalSeconds:0.0} s)."
            : "Not everything came out as planted.");
        return check.Differences.Count == 0 ? ExitCodes.Succeeded : ExitCodes.Failed;
    }
}

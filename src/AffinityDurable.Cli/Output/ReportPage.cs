using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Cli.Output;

/// <summary>All that is to be shown of a run that has ended: report, rejects, planned changes, files.</summary>
internal sealed class ReportPage(Terminal terminal, IRunStore store)
{
    /// <param name="report">The report.</param>
    /// <param name="mostChanges">Changed fields of a plan to show.</param>
    /// <param name="stop">Ends the work.</param>
    public async Task WriteAsync(RunReport report, int mostChanges, CancellationToken stop)
    {
        var view = new ReportView(terminal);
        view.Write(report, await RejectList.ReadAsync(store, report.RunId, stop));
        if (report is { Mode: RunMode.Plan, Plan: { } plan })
        {
            await new PlannedChanges(terminal, store).WriteAsync(report.RunId, plan, mostChanges, stop);
        }

        view.WriteFiles(store, report.RunId);
    }
}

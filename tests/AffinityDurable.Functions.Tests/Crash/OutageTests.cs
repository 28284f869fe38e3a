using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Throttling;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Faults;

namespace AffinityDurable.Functions.Tests.Crash;

/// <summary>Writes without a usable answer: they may have been committed or not, and the program finds out.</summary>
public sealed class OutageTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Connections_that_are_cut_while_writing_cause_no_second_write(bool afterCommit)
    {
        await using var app = await StartAsync();
        app.Affinity.Faults.Add(new Fault { Method = "PATCH", Skip = 17, Times = 9, CutsConnection = true, AfterCommit = afterCommit });

        await AssertWrittenOnceAsync(app);
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(502, false)]
    [InlineData(503, true)]
    [InlineData(504, false)]
    public async Task Server_errors_while_writing_cause_no_second_write(int status, bool afterCommit)
    {
        await using var app = await StartAsync();
        app.Affinity.Faults.Add(new Fault { Method = "PATCH", Skip = 30, Times = 7, Status = status, AfterCommit = afterCommit });

        await AssertWrittenOnceAsync(app);
    }

    [Fact]
    public async Task An_outage_of_writes_and_reads_is_waited_out_on_durable_timers()
    {
        await using var app = await StartAsync();
        app.Affinity.Faults.Add(new Fault { Method = "PATCH", Skip = 40, Times = 1, CutsConnection = true, AfterCommit = true });
        app.Affinity.Faults.Add(new Fault { Method = "PATCH", Skip = 40, Times = 12, Status = 503 });
        app.Affinity.Faults.Add(new Fault { Method = "GET", PathContains = "/list-entries/", Times = 15, Status = 503 });

        var report = await AssertWrittenOnceAsync(app);

        Assert.Contains(report.Waits, wait => wait.Reason == WaitReason.Outage);
    }

    private static async Task<TestApp> StartAsync()
    {
        var app = await TestApp.StartAsync(companies: 120);
        app.Define();
        app.ExportAll(n => n);
        return app;
    }

    private static async Task<Core.Reporting.RunReport> AssertWrittenOnceAsync(TestApp app)
    {
        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, null), (report.Outcome, report.Error));
        Assert.Equal((120L, 120L, 480L), (report.Records!.Applied, report.Writes!.EntriesWritten, report.Writes.FieldsWritten));
        Assert.All(app.World.Entries, entry => Assert.Equal(1, app.Affinity.Counters.PatchesOf(entry.Id)));
        Assert.Empty(app.Affinity.Faults.Pending);
        return report;
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AffinityDurable.Core.Cancelling;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Functions.Triggers;
using AffinityDurable.Simulator.Faults;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Functions.Tests.Decisions;

/// <summary>Runs that somebody ends.</summary>
public sealed class CancelTests
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task A_run_that_is_writing_stops_reports_what_it_wrote_and_can_be_undone()
    {
        await using var app = await TestApp.StartAsync(companies: 200);
        app.Define("maxParallelBatches: 1");
        app.ExportAll(n => n);
        var runId = "";
        app.Affinity.Faults.Add(new Fault { Method = "PATCH", Skip = 20, OnMatch = () => CancelAsync(app, runId) });
        app.Affinity.Faults.Add(new Fault { Method = "PATCH", Times = null, OnMatch = () => Task.Run(() => app.Clock.Advance(TimeSpan.FromMilliseconds(200))) });

        runId = await app.StartRunAsync();
        var report = await app.EndAsync(runId);
        var written = report.Writes!.EntriesWritten;
        var undone = await app.UndoAsync(runId);

        Assert.Equal((RunOutcome.Cancelled, OrchestrationErrors.Cancelled.Id), (report.Outcome, report.Error?.Code));
        Assert.Contains("by Ada", report.Error!.Message, StringComparison.Ordinal);
        Assert.Contains("wrong file", report.Error.Message, StringComparison.Ordinal);
        Assert.InRange(written, 20, 60);
        Assert.Equal(200, written + (report.Writes.FieldsDeferred / 4));
        Assert.Equal((RunOutcome.Succeeded, written), (undone.Outcome, undone.Writes!.EntriesWritten));
        Assert.All(app.World.ArrValues, value => Assert.Null(value));
        Assert.Null(await app.Services.GetRequiredService<CancelBook>().FindAsync(runId, CancellationToken.None));
    }

    [Fact]
    public async Task A_run_that_waits_for_an_approval_ends_at_once_and_its_plan_cannot_be_approved_any_more()
    {
        await using var app = await DecidedApp.StartAsync();
        app.Define("approval: always");
        app.ExportAll(n => n);
        var runId = await app.StartRunAsync();
        var waiting = await app.UntilWaitingAsync(runId);

        await CancelAsync(app, runId);
        var report = await app.EndAsync(runId);
        var late = await app.AnswerAsync(runId, Core.Approvals.ApprovalVerdict.Approved, waiting.PlanHash);

        Assert.Equal((RunOutcome.Cancelled, OrchestrationErrors.Cancelled.Id), (report.Outcome, report.Error?.Code));
        Assert.Equal(DecisionErrors.NotWaiting.Id, late?.Code);
        Assert.Equal(0, app.Affinity.Counters.PatchCalls);
    }

    [Fact]
    public async Task A_run_that_waits_for_calls_while_it_writes_ends_at_once()
    {
        await using var app = await TestApp.StartAsync(companies: 100, host: options => options.ClockJump = null, affinity: settings => settings.Options = settings.Options with { CallsPerMinute = 40 });
        app.Define();
        app.ExportAll(n => n);
        var runId = await app.StartRunAsync();
        await UntilAsync(app, ApplyOrchestrator.IdFor(runId), status => status.WaitReason is not null);

        await CancelAsync(app, runId);
        var report = await app.EndAsync(runId);

        Assert.Equal((RunOutcome.Cancelled, OrchestrationErrors.Cancelled.Id), (report.Outcome, report.Error?.Code));
        Assert.Equal(app.Affinity.Counters.PatchCalls, report.Writes!.EntriesWritten);
        Assert.InRange(report.Writes.EntriesWritten, 1, 99);
        Assert.Equal(TestApp.Evening, app.Clock.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, Assert.Single(report.Waits).Total);
    }

    [Fact]
    public async Task A_run_that_waits_for_calls_while_it_reads_the_list_ends_at_once()
    {
        await using var app = await TestApp.StartAsync(companies: 3_000, host: options => options.ClockJump = null, affinity: settings => settings.Options = settings.Options with { CallsPerMinute = 12 });
        app.Define();
        app.ExportAll(n => n);
        var runId = await app.StartRunAsync();
        await UntilAsync(app, runId, status => status.WaitReason is not null);

        await CancelAsync(app, runId);
        var report = await app.EndAsync(runId);

        Assert.Equal((RunOutcome.Cancelled, null), (report.Outcome, report.Plan));
    }

    [Fact]
    public async Task A_scheduled_run_that_waits_for_a_busy_list_ends_at_once()
    {
        await using var app = await DecidedApp.StartAsync();
        app.Define();
        app.ExportAll(n => n);
        var leases = app.Services.GetRequiredService<LeaseKeeper>();
        var holder = await StandInAsync(app);
        await leases.TryTakeAsync(77, holder, (_, _) => Task.FromResult<bool?>(false), CancellationToken.None);
        var input = new SyncInput("portfolio", RunMode.Apply, RunTrigger.Schedule, TestApp.Evening.AddHours(6));
        var runId = await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(SyncOrchestrator), input, new Microsoft.DurableTask.StartOrchestrationOptions("portfolio@20260302T1800Z"));
        await UntilAsync(app, runId, status => status.Phase == RunPhase.WaitingForList);

        await CancelAsync(app, runId);
        var report = await app.EndAsync(runId);

        Assert.Equal((RunOutcome.Cancelled, OrchestrationErrors.Cancelled.Id), (report.Outcome, report.Error?.Code));
    }

    [Fact]
    public async Task A_source_that_hangs_is_left_within_seconds()
    {
        await using var app = await TestApp.StartAsync(
            host: options => options.ClockJump = null, services: services => services.AddSingleton<Core.Sources.ISourceAdapter, HangingSource>());
        File.WriteAllText(
            Path.Combine(app.Directory, "syncs", "portfolio.yaml"),
            "sync: portfolio\nlist: 77\nsource:\n  type: hanging\nmatch:\n  - domain: website\nfields:\n  ARR: arr\napproval: never\nverify: none\n");
        var runId = await app.StartRunAsync();
        await app.Services.GetServices<Core.Sources.ISourceAdapter>().OfType<HangingSource>().Single().Opened.Task.WaitAsync(TimeSpan.FromSeconds(60));

        await CancelAsync(app, runId);
        app.Clock.Advance(WatchInterval);
        var report = await app.EndAsync(runId);

        Assert.Equal((RunOutcome.Cancelled, OrchestrationErrors.Cancelled.Id), (report.Outcome, report.Error?.Code));
        Assert.Contains("wrong file", report.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_reads_back_what_it_wrote_stops_and_says_that_it_was_cancelled()
    {
        await using var app = await TestApp.StartAsync(companies: 30);
        app.Define("verify: changed");
        app.ExportAll(n => n);
        var runId = "";
        app.Affinity.Faults.Add(new Fault { Method = "PATCH", Skip = 29, OnMatch = () => CancelLaterAsync(app, runId) });

        runId = await app.StartRunAsync();
        var report = await app.EndAsync(runId);

        Assert.Equal((RunOutcome.Cancelled, 30L), (report.Outcome, report.Writes!.EntriesWritten));
    }

    [Fact]
    public async Task The_list_is_free_for_the_next_run_which_writes_the_rest()
    {
        await using var app = await TestApp.StartAsync(companies: 60);
        app.Define("maxParallelBatches: 1");
        app.ExportAll(n => n);
        var runId = "";
        app.Affinity.Faults.Add(new Fault { Method = "PATCH", Skip = 10, OnMatch = () => CancelAsync(app, runId) });
        app.Affinity.Faults.Add(new Fault { Method = "PATCH", Times = null, OnMatch = () => Task.Run(() => app.Clock.Advance(TimeSpan.FromMilliseconds(400))) });
        runId = await app.StartRunAsync();
        var cancelled = await app.EndAsync(runId);

        var next = await app.RunAsync();

        Assert.Equal((RunOutcome.Cancelled, RunOutcome.Succeeded), (cancelled.Outcome, next.Outcome));
        Assert.Equal(60, cancelled.Writes!.EntriesWritten + next.Writes!.EntriesWritten);
        Assert.Equal(Enumerable.Range(1, 60).Select(n => (double?)n), app.World.ArrValues);
    }

    [Fact]
    public async Task Over_HTTP_a_run_is_cancelled_once_and_one_that_has_ended_not_at_all()
    {
        await using var app = await TestApp.StartAsync(host: options =>
        {
            options.ClockJump = null;
            options.Listen = new Uri("http://127.0.0.1:0");
        });
        app.Define("approval: always");
        app.ExportAll(n => n);
        using var http = new HttpClient { BaseAddress = app.Host.Url };
        var runId = await app.StartRunAsync();
        await app.UntilWaitingAsync(runId);

        var wrong = await http.PostAsJsonAsync($"/api/runs/{runId}/cancel", new { because = "x" });
        var accepted = await http.PostAsync($"/api/runs/{runId}/cancel", null);
        var report = await app.EndAsync(runId);
        var late = await http.PostAsJsonAsync($"/api/runs/{runId}/cancel", new { by = "Bob", reason = "too late" });
        var unknown = await http.PostAsync("/api/runs/portfolio@adhoc-00000000-0000-0000-0000-000000000000/cancel", null);

        Assert.Equal(
            [HttpStatusCode.BadRequest, HttpStatusCode.Accepted, HttpStatusCode.Conflict, HttpStatusCode.NotFound],
            new[] { wrong, accepted, late, unknown }.Select(answer => answer.StatusCode));
        Assert.Equal($"/api/runs/{Uri.EscapeDataString(runId)}", accepted.Headers.Location?.ToString());
        Assert.Equal((RunOutcome.Cancelled, OrchestrationErrors.Cancelled.Id), (report.Outcome, report.Error?.Code));
        Assert.Contains("an operator", report.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(OrchestrationErrors.AlreadyEnded.Id, (await late.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    private static async Task CancelAsync(TestApp app, string runId) =>
        Assert.Null(await app.Services.GetRequiredService<CancelDesk>().CancelAsync(RunId.Parse(runId), "Ada", "wrong file", app.Client, CancellationToken.None));

    /// <summary>As soon as the reading back has begun.</summary>
    private static Task CancelLaterAsync(TestApp app, string runId)
    {
        app.Affinity.Faults.Add(new Fault { Method = "GET", OnMatch = () => CancelAsync(app, runId) });
        return Task.CompletedTask;
    }

    /// <summary>A run whose plan waits, to stand for whoever holds the list.</summary>
    private static async Task<string> StandInAsync(TestApp app)
    {
        app.Define("approval: always", sync: "other");
        app.Export(["company-1.com,1,,,"], sync: "other");
        var runId = await app.StartRunAsync(sync: "other");
        await app.UntilWaitingAsync(runId);
        return runId;
    }

    private static async Task UntilAsync(TestApp app, string instanceId, Func<RunStatus, bool> isThere)
    {
        var limit = DateTime.UtcNow.AddSeconds(60);
        while (true)
        {
            var instance = await app.Client.GetInstanceAsync(instanceId, getInputsAndOutputs: true);
            if (instance?.SerializedCustomStatus is not null && isThere(instance.ReadCustomStatusAs<RunStatus>()!))
            {
                return;
            }

            Assert.True(DateTime.UtcNow < limit, $"{instanceId} is {instance?.RuntimeStatus}: {instance?.SerializedCustomStatus}");
            await Task.Delay(10);
        }
    }
}

using System.Net.Http.Json;
using System.Text.Json;
using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Tests.Decisions;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Seeding;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Tests.Work;

/// <summary>Work whose run could not do it is tried again, then kept apart; never is it forgotten.</summary>
public sealed class UndoneWorkTests
{
    [Fact]
    public async Task Work_whose_run_failed_is_tried_again_with_growing_delays_and_done_when_the_cause_is_gone()
    {
        await using var app = await StartAsync(clockStands: true);
        await app.BringAsync(app.Item(entry: 1));
        var times = new List<DateTimeOffset>();
        for (var run = 0; run < 4; run++)
        {
            times.Add(await app.WakeUpAsync());
        }

        await app.AsleepAsync();
        app.ExportAll(n => n);
        times.Add(await app.WakeUpAsync());
        await app.DoneAsync();

        Assert.Equal([1, 5, 30, 120], times.Zip(times.Skip(1), (first, second) => (second - first).TotalMinutes));
        Assert.Equal(
            [RunOutcome.Failed, RunOutcome.Failed, RunOutcome.Failed, RunOutcome.Failed, RunOutcome.Succeeded],
            (await app.WorkRunsAsync()).Select(run => run.Report.Outcome));
        await app.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Work_that_five_runs_could_not_do_is_reported_kept_apart_and_tried_again_on_demand()
    {
        await using var app = await StartAsync(listen: true);
        await app.BringAsync(app.Item(entry: 1));
        await app.DoneAsync();

        Assert.Equal(5, (await app.WorkRunsAsync()).Count);
        await app.AssertNothingLeftAsync();
        Assert.Contains(app.Log.Lines, line => line.Level == LogLevel.Error && line.Text.StartsWith("AFF760", StringComparison.Ordinal));
        using var http = new HttpClient { BaseAddress = app.Host.Url };
        var shown = (await http.GetFromJsonAsync<JsonElement>("/api/work")).GetProperty("givenUp");
        Assert.Equal(app.World.Entries[0].Id, Assert.Single(shown.EnumerateArray()).GetProperty("entries")[0].GetInt64());
        Assert.Equal("AFF203", shown[0].GetProperty("lastCode").GetString());

        app.ExportAll(n => n);
        var retried = await http.PostAsync("/api/syncs/portfolio/work/retry", null);
        Assert.Equal(1, (await retried.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items").GetInt32());
        await app.DoneAsync();

        Assert.Equal(RunOutcome.Succeeded, (await app.WorkRunsAsync())[^1].Report.Outcome);
        Assert.Empty((await http.GetFromJsonAsync<JsonElement>("/api/work")).GetProperty("givenUp").EnumerateArray());
    }

    [Fact]
    public async Task Work_whose_plan_waits_for_an_approval_holds_up_nothing_and_is_settled_by_the_answer()
    {
        await using var app = await StartAsync("approval: always", clockStands: true);
        app.ExportAll(n => n);
        app.Define(sync: "other", fields: "  Notes: notes");
        app.Export(["company-2.com,from the other"], header: "website,notes", sync: "other");
        await app.BringAsync(app.Item(entry: 1));
        await app.WakeUpAsync();
        await UntilAsync(app, async () => await WaitingRunAsync(app) is not null);

        await app.BringAsync(app.Item(entry: 2, sync: "other"));
        await app.WakeUpAsync();
        await app.DoneAsync();
        Assert.Equal("from the other", app.World.Entries[1].Get(app.World.Notes));
        var waiting = (await WaitingRunAsync(app))!;
        Assert.Equal([waiting], (await app.Book().TakenAsync(77, CancellationToken.None)).Select(taken => taken.RunId));

        Assert.Null(await app.AnswerAsync(waiting, ApprovalVerdict.Approved));
        await app.EndAsync(waiting);
        await app.TickAsync();
        await app.DoneAsync();

        Assert.Equal(1.0, app.World.Entries[0].Get(app.World.Arr));
        await app.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Work_whose_run_was_terminated_is_done_by_another()
    {
        await using var app = await StartAsync("approval: always", clockStands: true);
        app.ExportAll(n => n);
        await app.BringAsync(app.Item(entry: 1));
        await app.WakeUpAsync();
        await UntilAsync(app, async () => await WaitingRunAsync(app) is not null);
        var first = (await WaitingRunAsync(app))!;
        await app.DoneAsync();

        await app.Client.TerminateInstanceAsync(first, (object?)null, CancellationToken.None);
        await app.Client.WaitForInstanceCompletionAsync(first);
        await app.TickAsync();
        await app.WakeUpAsync();
        await UntilAsync(app, async () => await WaitingRunAsync(app) is { } next && next != first);

        var second = (await WaitingRunAsync(app))!;
        Assert.Null(await app.AnswerAsync(second, ApprovalVerdict.Approved));
        await app.EndAsync(second);
        Assert.Equal(1.0, app.World.Entries[0].Get(app.World.Arr));
    }

    [Fact]
    public async Task Work_of_a_sync_that_is_not_there_any_more_ends_up_apart()
    {
        await using var app = await StartAsync();

        await app.BringAsync(app.Item(entry: 1, sync: "gone"));
        await app.DoneAsync();

        await app.AssertNothingLeftAsync();
        Assert.Equal("AFF120", Assert.Single(await app.Book().DeadAsync(CancellationToken.None)).Work.LastCode);
    }

    private static async Task<string?> WaitingRunAsync(TestApp app)
    {
        await foreach (var instance in app.Client.GetAllInstancesAsync(new OrchestrationQuery { InstanceIdPrefix = "portfolio@", FetchInputsAndOutputs = true }))
        {
            if (!instance.IsCompleted && instance.SerializedCustomStatus is not null && instance.ReadCustomStatusAs<RunStatus>()?.Phase == RunPhase.WaitingForApproval)
            {
                return instance.InstanceId;
            }
        }

        return null;
    }

    private static async Task UntilAsync(TestApp app, Func<Task<bool>> isSo)
    {
        var limit = DateTime.UtcNow.AddSeconds(30);
        while (!await isSo())
        {
            Assert.True(DateTime.UtcNow < limit, $"The clock stands at {app.Clock.GetUtcNow():u}.");
            await Task.Delay(5);
        }
    }

    /// <summary>An app whose source is not there yet.</summary>
    private static async Task<TestApp> StartAsync(string definition = "", bool listen = false, bool clockStands = false)
    {
        var app = await TestApp.StartAsync(companies: 20, host: options =>
        {
            options.Listen = listen ? new Uri("http://127.0.0.1:0") : null;
            options.ClockJump = clockStands ? null : options.ClockJump;
        });
        app.Define(definition);
        return app;
    }
}

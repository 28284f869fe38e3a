using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Holds;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Functions.Triggers;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Functions.Tests.Decisions;

/// <summary>What people do with runs and syncs, on a <see cref="TestApp"/> whose clock stands still unless a test moves it.</summary>
internal static class DecidedApp
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task<TestApp> StartAsync(int companies = 30, Dictionary<string, string?>? settings = null) =>
        TestApp.StartAsync(companies, settings: settings, host: options => options.ClockJump = null);

    /// <summary>Waits until the plan of a run waits for an approval.</summary>
    public static async Task<RunStatus> UntilWaitingAsync(this TestApp app, string runId)
    {
        var limit = DateTime.UtcNow + Patience;
        while (true)
        {
            var instance = await app.Client.GetInstanceAsync(runId, getInputsAndOutputs: true);
            var status = instance?.SerializedCustomStatus is null ? null : instance.ReadCustomStatusAs<RunStatus>();
            if (status?.Phase == RunPhase.WaitingForApproval)
            {
                return status;
            }

            Assert.False(instance?.IsCompleted == true, $"The run ended: {instance?.SerializedOutput}");
            Assert.True(DateTime.UtcNow < limit, $"The run is {instance?.RuntimeStatus}: {instance?.SerializedCustomStatus}");
            await Task.Delay(10);
        }
    }

    public static async Task<Problem?> AnswerAsync(this TestApp app, string runId, ApprovalVerdict verdict, string? hash = null, string by = "Ada", string? comment = null)
    {
        var asked = await app.Services.GetRequiredService<ApprovalBook>().FindAsync(runId, CancellationToken.None);
        var answer = new ApprovalAnswer(verdict, by, default, comment);
        return await app.Services.GetRequiredService<ApprovalDesk>()
            .AnswerAsync(RunId.Parse(runId, null), hash ?? asked?.PlanHash ?? "", answer, app.Client, CancellationToken.None);
    }

    public static Task<RunReport> ApplyAsync(this TestApp app, string planOf) =>
        app.RunAsync(ask: request => request with { PlanOf = planOf });

    public static Task<RunReport> UndoAsync(this TestApp app, string runId, IReadOnlyList<string>? fields = null, IReadOnlyList<long>? entries = null) =>
        app.RunAsync(ask: request => request with { Undo = new UndoRequest(runId, fields, entries), By = "Ada" });

    public static Task<SyncHold> HoldAsync(this TestApp app, SyncActivity activity = SyncActivity.Held, string reason = "numbers look wrong") =>
        app.Services.GetRequiredService<HoldBook>().HoldAsync("portfolio", activity, reason, "Ada", CancellationToken.None);

    /// <summary>Moves the clock to the next 02:00 and runs that night's syncs.</summary>
    public static async Task<NightSummary> NightAsync(this TestApp app)
    {
        var now = app.Clock.GetUtcNow();
        var two = now.Date.AddHours(2);
        app.Clock.SetUtcNow(new DateTimeOffset(two > now.UtcDateTime ? two : two.AddDays(1), TimeSpan.Zero));
        var night = await app.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(NightlyOrchestrator), null, new StartOrchestrationOptions(NightlyOrchestrator.InstanceId));
        using var limit = new CancellationTokenSource(Patience);
        var ended = await app.Client.WaitForInstanceCompletionAsync(night, getInputsAndOutputs: true, limit.Token);
        Assert.True(ended.RuntimeStatus == OrchestrationRuntimeStatus.Completed, ended.FailureDetails?.ToString());
        return ended.ReadOutputAs<NightSummary>()!;
    }
}

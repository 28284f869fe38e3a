using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Functions.Triggers;
using AffinityDurable.Functions.Work;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Functions.Tests.Work;

/// <summary>What tests of pending work do with an app.</summary>
internal static class WorkingApp
{
    public static readonly TimeSpan Debounce = TimeSpan.FromSeconds(10);

    public static WorkBook Book(this TestApp app) => app.Services.GetRequiredService<WorkBook>();

    /// <summary>Something to be done for entry n, counted from 1, or for the whole sync.</summary>
    public static WorkItem Item(this TestApp app, int? entry = null, RunTrigger trigger = RunTrigger.Webhook, TimeSpan? quiet = null, string sync = "portfolio") => new()
    {
        Sync = sync,
        ListId = 77,
        Entries = entry is { } n ? [app.World.Entries[n - 1].Id] : null,
        Trigger = trigger,
        ReceivedAt = app.Clock.GetUtcNow(),
        NotBefore = app.Clock.GetUtcNow() + (quiet ?? Debounce),
    };

    public static Task AddAsync(this TestApp app, WorkItem item) => app.Book().AddAsync(item, CancellationToken.None);

    public static Task WakeAsync(this TestApp app) => app.Services.GetRequiredService<WorkStarter>().WakeAsync(77, app.Client, CancellationToken.None);

    /// <summary>Keeps an item and says so, as a trigger does.</summary>
    public static async Task BringAsync(this TestApp app, WorkItem item)
    {
        await app.AddAsync(item);
        await app.WakeAsync();
    }

    /// <summary>What the timer does every five minutes.</summary>
    public static Task TickAsync(this TestApp app) =>
        new WorkTimer(app.Services.GetRequiredService<WorkStarter>()).RunAsync(new(), app.Client, CancellationToken.None);

    /// <summary>Waits until the one that looks after the list has nothing left to do.</summary>
    public static async Task DoneAsync(this TestApp app)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        OrchestrationMetadata ended;
        try
        {
            ended = await app.Client.WaitForInstanceCompletionAsync(TargetedOrchestrator.IdFor(77), getInputsAndOutputs: true, limit.Token);
        }
        catch (OperationCanceledException late)
        {
            var stuck = await app.Client.GetInstanceAsync(TargetedOrchestrator.IdFor(77), getInputsAndOutputs: true);
            throw new TimeoutException($"{stuck?.RuntimeStatus}: {stuck?.SerializedCustomStatus} at {app.Clock.GetUtcNow():O}", late);
        }

        Assert.True(ended.RuntimeStatus == OrchestrationRuntimeStatus.Completed, ended.FailureDetails?.ToString());
    }

    /// <summary>Waits until the one that looks after the list sleeps, and moves the clock to the end of its sleep.</summary>
    public static async Task<DateTimeOffset> WakeUpAsync(this TestApp app)
    {
        var until = await app.AsleepAsync();
        app.Clock.SetUtcNow(until);
        return until;
    }

    /// <summary>Waits until the one that looks after the list sleeps; gives the end of its sleep.</summary>
    public static async Task<DateTimeOffset> AsleepAsync(this TestApp app)
    {
        var limit = DateTime.UtcNow.AddSeconds(30);
        while (true)
        {
            var instance = await app.Client.GetInstanceAsync(TargetedOrchestrator.IdFor(77), getInputsAndOutputs: true);
            var status = instance?.SerializedCustomStatus is null ? null : instance.ReadCustomStatusAs<TargetedStatus>();
            if (instance is { IsCompleted: false } && status?.Phase == TargetedPhase.Sleeping && status.WaitUntil > app.Clock.GetUtcNow())
            {
                return status.WaitUntil.Value;
            }

            Assert.True(DateTime.UtcNow < limit, $"{instance?.RuntimeStatus} {instance?.SerializedCustomStatus} {instance?.FailureDetails}");
            await Task.Delay(5);
        }
    }

    /// <summary>Requests and reports of all runs that pending work has started, in order of their start.</summary>
    public static async Task<IReadOnlyList<(RunRequest Request, RunReport Report)>> WorkRunsAsync(this TestApp app)
    {
        List<(RunRequest Request, RunReport Report)> runs = [];
        await foreach (var runId in app.Store.RunsAsync(CancellationToken.None))
        {
            var request = await app.Store.RequireJsonAsync<RunRequest>(runId, Artefacts.Request, CancellationToken.None);
            if (request.Trigger is RunTrigger.Webhook or RunTrigger.Arrival or RunTrigger.Push)
            {
                runs.Add((request, await app.ReportAsync(runId)));
            }
        }

        return [.. runs.OrderBy(run => run.Report.StartedAt)];
    }

    /// <summary>Nothing is pending and nothing is taken.</summary>
    public static async Task AssertNothingLeftAsync(this TestApp app) => Assert.Empty(await app.Book().ListsAsync(CancellationToken.None));
}

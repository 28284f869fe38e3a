using AffinityDurable.LocalHost.Tests.Functions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.LocalHost.Tests;

public sealed class QueryTests
{
    [Fact]
    public async Task Instances_are_found_by_status_prefix_and_time_of_creation_page_by_page()
    {
        await using var host = await TestHost.StartAsync(jump: true);
        for (var i = 0; i < 5; i++)
        {
            await host.RunAsync(nameof(Controls.Succeed), id: $"ok_{i}");
        }

        host.Clock!.Advance(TimeSpan.FromDays(1));
        await host.RunAsync(nameof(Controls.Fail), id: "bad-1");
        await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Waits.ThreeEvents), null, new StartOrchestrationOptions("ok%"), CancellationToken.None);
        await host.Client.WaitForInstanceStartAsync("ok%");

        Assert.Equal(7, await CountAsync(host, new OrchestrationQuery()));
        Assert.Equal(6, await CountAsync(host, new OrchestrationQuery(InstanceIdPrefix: "ok")));
        Assert.Equal(5, await CountAsync(host, new OrchestrationQuery(InstanceIdPrefix: "ok_")));
        Assert.Equal(1, await CountAsync(host, new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Running])));
        Assert.Equal(6, await CountAsync(host, new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Completed])));
        Assert.Equal(2, await CountAsync(host, new OrchestrationQuery(CreatedFrom: TestHost.Start.AddHours(1))));
        Assert.Equal(5, await CountAsync(host, new OrchestrationQuery(CreatedTo: TestHost.Start.AddHours(1))));

        var pages = new List<Page<OrchestrationMetadata>>();
        await foreach (var page in host.Client.GetAllInstancesAsync(new OrchestrationQuery(PageSize: 3, FetchInputsAndOutputs: true)).AsPages())
        {
            pages.Add(page);
        }

        Assert.Equal([3, 3, 1], pages.Select(page => page.Values.Count));
        Assert.Equal("succeeded", pages[0].Values[0].ReadOutputAs<string>());
        var rest = new List<OrchestrationMetadata>();
        await foreach (var instance in host.Client.GetAllInstancesAsync(new OrchestrationQuery(PageSize: 3, ContinuationToken: pages[0].ContinuationToken)))
        {
            rest.Add(instance);
        }

        Assert.Equal(["ok_3", "ok_4", "bad-1", "ok%"], rest.Select(instance => instance.InstanceId));
        Assert.Null(rest[0].SerializedOutput);
    }

    [Fact]
    public async Task Purge_removes_ended_instances_and_their_history_only()
    {
        await using var host = await TestHost.StartAsync();
        await host.RunAsync(nameof(Controls.Succeed), id: "done");
        await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Waits.ThreeEvents), null, new StartOrchestrationOptions("going"), CancellationToken.None);
        Assert.Equal(1, (await host.Client.PurgeInstanceAsync("done")).PurgedInstanceCount);
        Assert.Equal(0, (await host.Client.PurgeInstanceAsync("done")).PurgedInstanceCount);
        Assert.Equal(0, (await host.Client.PurgeInstanceAsync("going")).PurgedInstanceCount);
        Assert.Null(await host.Client.GetInstanceAsync("done"));
        Assert.Empty(await host.Engine.ReadHistoryAsync("done"));
        Assert.NotNull(await host.Client.GetInstanceAsync("going"));
    }

    [Theory, InlineData(false, 1), InlineData(true, 31)]
    public async Task Purge_takes_descendants_along_when_recursive(bool recursive, int expected)
    {
        await using var host = await TestHost.StartAsync();
        await host.RunAsync(nameof(Basics.Tree), 4, "tree");
        var purged = await host.Client.PurgeInstanceAsync("tree", new PurgeInstanceOptions(recursive));
        Assert.Equal(expected, purged.PurgedInstanceCount);
        Assert.Equal(31 - expected, await CountAsync(host, new OrchestrationQuery()));
    }

    [Fact]
    public async Task Purge_by_filter_goes_by_status_and_time()
    {
        await using var host = await TestHost.StartAsync(jump: true);
        for (var i = 0; i < 450; i++)
        {
            await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Controls.Succeed), null, new StartOrchestrationOptions($"old{i}"), CancellationToken.None);
        }

        await host.RunAsync(nameof(Controls.Fail), id: "failed");
        await WaitTests.UntilAsync(async () => await CountAsync(host, new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Completed])) == 450);
        host.Clock!.Advance(TimeSpan.FromDays(1));
        await host.RunAsync(nameof(Controls.Succeed), id: "new");
        var purged = await host.Client.PurgeAllInstancesAsync(
            new PurgeInstancesFilter(CreatedTo: TestHost.Start.AddHours(1), Statuses: [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Running]));
        Assert.Equal(450, purged.PurgedInstanceCount);
        Assert.Equal(2, await CountAsync(host, new OrchestrationQuery()));
    }

    private static async Task<int> CountAsync(TestHost host, OrchestrationQuery query)
    {
        var count = 0;
        await foreach (var _ in host.Client.GetAllInstancesAsync(query))
        {
            count++;
        }

        return count;
    }
}

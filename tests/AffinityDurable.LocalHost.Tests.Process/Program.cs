using System.Diagnostics;
using AffinityDurable.LocalHost;
using AffinityDurable.LocalHost.Tests.Process;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

// work <state directory>: runs the workload to its end; may be killed and started again at any time.
// files <state directory> <folder> <notes>: notes the files that arrive in a folder, until it is killed.
// bench <state directory> <fan-outs> <activities each>: prints trivial activities a second.
// idle <state directory> <instances>: prints the memory of instances that wait for an event.
var services = new ServiceCollection();
services.AddLocalHost(options =>
{
    options.StateDirectory = args[1];
    options.Assemblies.Add(typeof(Workload).Assembly);
    if (args[0] == "files")
    {
        Arrivals.Notes = args[3];
        options.FileRest = TimeSpan.FromMilliseconds(20);
        options.WatchedFolders.Add(new WatchedFolder(args[2], Arrivals.Queue));
    }
});
await using var provider = services.BuildServiceProvider();
var host = provider.GetRequiredService<EmbeddedHost>();
await host.StartAsync(CancellationToken.None);
Console.WriteLine("started");
switch (args[0])
{
    case "work":
        await WorkAsync(host.Client);
        break;
    case "files":
        await Task.Delay(Timeout.Infinite);
        break;
    case "bench":
        await BenchAsync(host.Client, int.Parse(args[2]), int.Parse(args[3]));
        break;
    case "idle":
        await IdleAsync(host.Client, int.Parse(args[2]));
        break;
}

await host.StopAsync(CancellationToken.None);

static async Task WorkAsync(DurableTaskClient client)
{
    foreach (var (id, orchestrator, input) in Plan.Instances)
    {
        if (await client.GetInstanceAsync(id) is null)
        {
            await client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(id));
        }
    }

    foreach (var (id, _, _) in Plan.Instances)
    {
        await client.WaitForInstanceCompletionAsync(id);
    }

    Console.WriteLine("done");
}

static async Task BenchAsync(DurableTaskClient client, int fanOuts, int width)
{
    await RunAllAsync(client, 1, 1_000);
    for (var round = 0; round < 3; round++)
    {
        var watch = Stopwatch.StartNew();
        await RunAllAsync(client, fanOuts, width);
        Console.WriteLine($"{fanOuts * width / watch.Elapsed.TotalSeconds:N0} activities a second ({fanOuts} x {width})");
    }
}

static async Task RunAllAsync(DurableTaskClient client, int fanOuts, int width)
{
    var ids = await Task.WhenAll(Enumerable.Range(0, fanOuts).Select(
        _ => client.ScheduleNewOrchestrationInstanceAsync(nameof(Workload.ManyNothings), width)));
    await Task.WhenAll(ids.Select(id => client.WaitForInstanceCompletionAsync(id)));
}

static async Task IdleAsync(DurableTaskClient client, int instances)
{
    await RunAllAsync(client, 1, 100);
    var before = GC.GetTotalMemory(forceFullCollection: true);
    var ids = await Task.WhenAll(Enumerable.Range(0, instances).Select(
        _ => client.ScheduleNewOrchestrationInstanceAsync(nameof(Workload.Receiver))));
    await Task.WhenAll(ids.Select(id => client.WaitForInstanceStartAsync(id)));
    Console.WriteLine($"{(GC.GetTotalMemory(forceFullCollection: true) - before) / instances:N0} bytes per idle instance");
}

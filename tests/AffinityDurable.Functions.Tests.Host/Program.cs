using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Storage;
using AffinityDurable.Functions.Tests.Host;
using AffinityDurable.Functions.Triggers;
using AffinityDurable.LocalHost;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

// Runs one sync to its end in this process, or undoes a run of it, or takes up what an earlier process left in the state directory. A plan
// that waits is approved at once. Standard output: "run {id}", then "halted" if it came to the access named by the fourth argument (there
// it stands until it is killed), then "ended {status}". With --serve in place of the sync it serves, see ServingHost.
if (args is not [var directory, var affinity, var sync, ..])
{
    Console.Error.WriteLine("usage: AffinityDurable.Functions.Tests.Host <state directory> <affinity url> <sync> [<access to halt at, or -> [<run to undo>]]");
    return 64;
}

if (sync == ServingHost.Argument)
{
    return await ServingHost.RunAsync(directory, affinity);
}

var haltAt = args.ElementAtOrDefault(3);
var undone = args.ElementAtOrDefault(4);
var orchestrator = undone is null ? nameof(SyncOrchestrator) : nameof(UndoOrchestrator);
var configuration = new ConfigurationBuilder()
    .AddEnvironmentVariables()
    .AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Affinity:BaseAddress"] = affinity,
        ["Affinity:RetryDelay"] = "00:00:00.005",
        ["Definitions:Directory"] = Path.Combine(directory, "syncs"),
        ["Stores:Directory"] = directory,
    })
    .Build();
var services = new ServiceCollection();
services.AddSingleton<IConfiguration>(configuration);
services.AddSingleton<IRunStore>(new ObservedRunStore(StoreSettings.RunStore(configuration), HaltAsync));
services.AddSingleton<ISyncState>(new ObservedSyncState(StoreSettings.SyncState(configuration), HaltAsync));
services.AddAffinityDurable(configuration);
services.AddLocalHost(options =>
{
    options.StateDirectory = directory;
    options.Assemblies.Add(typeof(SyncOrchestrator).Assembly);
    options.DefaultVersion = OrchestrationVersion.Current;
    options.RefuseVersion = OrchestrationVersion.ProblemOf;
    options.EnableTimers = false;
});
await using var provider = services.BuildServiceProvider();
var host = provider.GetRequiredService<EmbeddedHost>();
await host.StartAsync(CancellationToken.None);
var runId = await FindRunAsync() ?? await StartRunAsync();
Console.WriteLine($"run {runId}");
var ended = host.Client.WaitForInstanceCompletionAsync(runId);
while (await Task.WhenAny(ended, Task.Delay(20)) != ended)
{
    await ApproveAsync();
}

Console.WriteLine($"ended {(await ended).RuntimeStatus}");
await host.StopAsync(CancellationToken.None);
return 0;

async Task<string?> FindRunAsync()
{
    await foreach (var found in host.Client.GetAllInstancesAsync(new OrchestrationQuery { InstanceIdPrefix = sync + "@" }))
    {
        if (found.Name == orchestrator)
        {
            return found.InstanceId;
        }
    }

    return null;
}

Task<string> StartRunAsync() => provider.GetRequiredService<RunStarter>().StartAsync(
    new RunRequest
    {
        Sync = sync,
        Mode = RunMode.Apply,
        Trigger = RunTrigger.CommandLine,
        Undo = undone is null ? null : new UndoRequest(undone),
    },
    host.Client,
    CancellationToken.None);

async Task ApproveAsync()
{
    var instance = await host.Client.GetInstanceAsync(runId, getInputsAndOutputs: true);
    var waits = instance?.SerializedCustomStatus is not null && instance.ReadCustomStatusAs<RunStatus>()?.Phase == RunPhase.WaitingForApproval;
    if (waits && await provider.GetRequiredService<ApprovalBook>().FindAsync(runId, CancellationToken.None) is { } waiting)
    {
        var answer = new ApprovalAnswer(ApprovalVerdict.Approved, "Ada", default);
        await provider.GetRequiredService<ApprovalDesk>().AnswerAsync(RunId.Parse(runId, null), waiting.PlanHash, answer, host.Client, CancellationToken.None);
    }
}

Task HaltAsync(string access)
{
    if (access != haltAt)
    {
        return Task.CompletedTask;
    }

    Console.WriteLine("halted");
    return Task.Delay(Timeout.Infinite);
}

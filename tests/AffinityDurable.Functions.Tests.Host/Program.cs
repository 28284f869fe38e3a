using AffinityDurable.Core.Runs;
using AffinityDurable.Functions;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Tests.Host;
using AffinityDurable.Functions.Triggers;
using AffinityDurable.LocalHost;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

// Runs one sync to its end in this process, or takes up the run that an earlier process left in the state directory.
// Standard output: "run {id}", then "halted" if it came to the access named by the fourth argument (there it stands until it is killed),
// then "ended {status}".
if (args is not [var directory, var affinity, var sync, ..])
{
    Console.Error.WriteLine("usage: AffinityDurable.Functions.Tests.Host <state directory> <affinity url> <sync> [<access to halt at>]");
    return 64;
}

var haltAt = args.ElementAtOrDefault(3);
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
services.AddSingleton<IRunStore>(new ObservedRunStore(new FileRunStore(directory), HaltAsync));
services.AddAffinityDurable(configuration);
services.AddLocalHost(options =>
{
    options.StateDirectory = directory;
    options.Assemblies.Add(typeof(SyncOrchestrator).Assembly);
    options.EnableTimers = false;
});
await using var provider = services.BuildServiceProvider();
var host = provider.GetRequiredService<EmbeddedHost>();
await host.StartAsync(CancellationToken.None);
var runId = await FindRunAsync() ?? await StartRunAsync();
Console.WriteLine($"run {runId}");
var instance = await host.Client.WaitForInstanceCompletionAsync(runId);
Console.WriteLine($"ended {instance.RuntimeStatus}");
await host.StopAsync(CancellationToken.None);
return 0;

async Task<string?> FindRunAsync()
{
    await foreach (var found in host.Client.GetAllInstancesAsync(new OrchestrationQuery { InstanceIdPrefix = sync + "@" }))
    {
        if (found.Name == nameof(SyncOrchestrator))
        {
            return found.InstanceId;
        }
    }

    return null;
}

Task<string> StartRunAsync() => provider.GetRequiredService<RunStarter>().StartAsync(
    new RunRequest { Sync = sync, Mode = RunMode.Apply, Trigger = RunTrigger.CommandLine }, host.Client, CancellationToken.None);

Task HaltAsync(string access)
{
    if (access != haltAt)
    {
        return Task.CompletedTask;
    }

    Console.WriteLine("halted");
    return Task.Delay(Timeout.Infinite);
}

using AffinityDurable.LocalHost.Engine;
using AffinityDurable.LocalHost.History;
using AffinityDurable.LocalHost.Tests.Functions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.LocalHost.Tests;

/// <summary>Instances that live longer than the program that started them.</summary>
public sealed class VersionTests
{
    [Fact]
    public async Task Instances_and_their_sub_orchestrations_get_the_version_of_the_program_unless_another_is_asked_for()
    {
        await using var host = await TestHost.StartAsync(configure: options => options.DefaultVersion = "1.1");

        var ended = await host.RunAsync(nameof(Deployed.TellVersions));
        var asked = await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Deployed.TellVersion), null, new StartOrchestrationOptions("asked") { Version = "0.9" });

        Assert.Equal("1.1 1.1 1.2", ended.ReadOutputAs<string>());
        Assert.Equal("0.9", (await host.EndAsync(asked)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_instance_in_flight_survives_a_deployment_that_adds_an_optional_member_to_a_contract()
    {
        var directory = NewDirectory();
        Deployed.IsOld = true;
        await using (var old = await TestHost.StartAsync(directory: directory, configure: options => options.DefaultVersion = "1.0"))
        {
            await StartAsync(old);
        }

        Deployed.IsOld = false;
        await using (var next = await TestHost.StartAsync(directory: directory, configure: options =>
        {
            options.DefaultVersion = "1.1";
            options.RefuseVersion = version => version == "1.0" ? null : "no";
        }))
        {
            await next.Client.RaiseEventAsync("deployed", "Go", "x");
            var ended = await next.EndAsync("deployed");

            Assert.True(ended.RuntimeStatus == OrchestrationRuntimeStatus.Completed, ended.FailureDetails?.ToString());
            Assert.Equal("2 -, 4 calls in 1.0", ended.ReadOutputAs<string>());
        }

        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task An_instance_of_a_version_that_is_refused_fails_with_the_reason_and_its_code_is_not_run()
    {
        var directory = NewDirectory();
        await using (var newer = await TestHost.StartAsync(directory: directory, configure: options => options.DefaultVersion = "2.0"))
        {
            await StartAsync(newer);
        }

        await using (var older = await TestHost.StartAsync(directory: directory, configure: options => options.RefuseVersion = version => version == "2.0" ? "of version 2.0" : null))
        {
            await older.Client.RaiseEventAsync("deployed", "Go", "x");
            var ended = await older.EndAsync("deployed");
            var history = await older.Engine.ReadHistoryAsync("deployed");

            Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
            Assert.Equal((typeof(IncompatibleVersionException).FullName, "of version 2.0"), (ended.FailureDetails!.ErrorType, ended.FailureDetails.ErrorMessage));
            Assert.Equal([HistoryEventKind.TaskScheduled, HistoryEventKind.Failed], history.Where(line => line.IsAction || line.Kind == HistoryEventKind.Failed).Select(line => line.Kind));
        }

        Directory.Delete(directory, recursive: true);
    }

    private static string NewDirectory() => Directory.CreateTempSubdirectory("affinity-localhost-").FullName;

    /// <summary>An instance that waits for an event.</summary>
    private static async Task StartAsync(TestHost host)
    {
        await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Deployed.CountTwice), null, new StartOrchestrationOptions("deployed"));
        await WaitTests.UntilAsync(async () => (await host.Engine.ReadHistoryAsync("deployed")).Any(line => line.Kind == HistoryEventKind.TaskCompleted));
    }
}

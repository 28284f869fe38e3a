using AffinityDurable.LocalHost.History;
using AffinityDurable.LocalHost.Tests.Functions;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Moq;

namespace AffinityDurable.LocalHost.Tests;

public sealed class StoreTests
{
    [Fact]
    public async Task When_the_store_cannot_write_the_host_stops_and_a_restart_goes_on()
    {
        var directory = Path.Combine(Path.GetTempPath(), "affinity-localhost-" + Guid.NewGuid().ToString("N"));
        var lifetime = new Mock<IHostApplicationLifetime>();
        await using (var host = await TestHost.StartAsync(directory: directory, register: services => services.AddSingleton(lifetime.Object)))
        {
            await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Basics.WaitForGo), TimeSpan.FromDays(1), new StartOrchestrationOptions("w"));
            await host.Client.WaitForInstanceStartAsync("w");
            BreakTable(directory, "ALTER TABLE messages RENAME TO away");
            await Assert.ThrowsAsync<StoreFailedException>(() => host.Client.RaiseEventAsync("w", "Go", "lost with an error"));
            await Assert.ThrowsAsync<StoreFailedException>(() => host.Client.RaiseEventAsync("w", "Go", "refused"));
            await WaitTests.UntilAsync(() => Task.FromResult(lifetime.Invocations.Count > 0));
            lifetime.Verify(l => l.StopApplication(), Times.Once);
        }

        BreakTable(directory, "ALTER TABLE away RENAME TO messages");
        await using (var host = await TestHost.StartAsync(directory: directory))
        {
            await host.Client.RaiseEventAsync("w", "Go", "works again");
            Assert.Equal("works again", (await host.EndAsync("w")).ReadOutputAs<string>());
        }

        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_store_of_a_newer_version_is_refused()
    {
        var directory = Path.Combine(Path.GetTempPath(), "affinity-localhost-" + Guid.NewGuid().ToString("N"));
        await using (await TestHost.StartAsync(directory: directory))
        {
        }

        BreakTable(directory, "PRAGMA user_version = 99");
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => TestHost.StartAsync(directory: directory));
        Assert.Contains("schema version 99", refused.Message, StringComparison.Ordinal);
        Assert.Null(StateDirectoryLock.ReadOwner(directory));
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Ended_instances_leave_memory()
    {
        await using var host = await TestHost.StartAsync();
        await host.RunAsync(nameof(Basics.Tree), 3);
        await WaitTests.UntilAsync(() => Task.FromResult(host.Engine.InstancesInMemory == 0));
        await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Waits.ThreeEvents), CancellationToken.None);
        Assert.Equal(1, host.Engine.InstancesInMemory);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Versions_reach_the_instance_and_its_sub_orchestrations(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(Waits.Versions), null, new StartOrchestrationOptions { Version = "2.1" }, CancellationToken.None);
        Assert.Equal("2.1 Versions/" + id + "/3.0", (await host.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Tags_of_an_instance_can_be_read()
    {
        await using var host = await TestHost.StartAsync();
        var options = new StartOrchestrationOptions("t") { Tags = new Dictionary<string, string> { ["sync"] = "deals" } };
        await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Controls.Succeed), null, options, CancellationToken.None);
        Assert.Equal("deals", (await host.EndAsync("t")).Tags["sync"]);
    }

    private static void BreakTable(string directory, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "history.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}

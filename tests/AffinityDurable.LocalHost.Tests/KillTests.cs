using System.Diagnostics;
using AffinityDurable.LocalHost.History;
using AffinityDurable.LocalHost.Tests.Process;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.LocalHost.Tests;

public sealed class KillTests
{
    private const int Kills = 22;

    [Fact]
    public async Task Nothing_is_lost_or_done_twice_when_the_process_is_killed_again_and_again()
    {
        var directory = Path.Combine(Path.GetTempPath(), "affinity-localhost-" + Guid.NewGuid().ToString("N"));
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var process = StartWork(directory);
            Assert.Equal("started", await process.StandardOutput.ReadLineAsync());
            await Task.Delay(random.Next(0, 200));
            Assert.False(process.HasExited, $"The work ended before kill {kill}; it has to be longer.");
            process.Kill();
            await process.WaitForExitAsync();
            Assert.Null(StateDirectoryLock.ReadOwner(directory));
        }

        using (var last = StartWork(directory))
        {
            var output = await last.StandardOutput.ReadToEndAsync();
            await last.WaitForExitAsync();
            Assert.True(last.ExitCode == 0 && output.Contains("done", StringComparison.Ordinal), $"seed {seed}: exit code {last.ExitCode}, {output}");
        }

        Verify(directory, seed);
        Directory.Delete(directory, recursive: true);
    }

    private static System.Diagnostics.Process StartWork(string directory) =>
        System.Diagnostics.Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", typeof(Plan).Assembly.Location, "work", directory },
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;

    private static void Verify(string directory, int seed)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = Path.Combine(directory, "history.db"), Mode = SqliteOpenMode.ReadOnly };
        using var reader = new StoreReader(connection.ToString());
        var instances = reader.Query(new InstanceFilter(null, null, null, null), 0, int.MaxValue);
        var tree = Enumerable.Range(0, Workload.TreeDepth + 1).Sum(level => (int)Math.Pow(3, level));
        Assert.Equal(Plan.Instances.Count - 1 + tree, instances.Count);
        Assert.Empty(reader.ReadMessages());
        Assert.All(instances, instance =>
        {
            Assert.True(instance.Status == OrchestrationRuntimeStatus.Completed, $"seed {seed}: {instance.Id} is {instance.Status}: {instance.Failure}");
            Assert.Equal(Plan.Expected(instance.Id), instance.Output);
            VerifyHistory(reader.ReadHistory(instance.Key));
        });
    }

    /// <summary>Every task that was asked for completed once, and the end comes last.</summary>
    private static void VerifyHistory(List<HistoryEvent> history)
    {
        var asked = history.Where(line => line.IsAction && line.Kind != HistoryEventKind.EventSent).Select(line => line.TaskId).ToList();
        var done = history
            .Where(line => line.Kind is HistoryEventKind.TaskCompleted or HistoryEventKind.TimerFired or HistoryEventKind.SubOrchestrationCompleted)
            .Select(line => line.TaskId)
            .ToList();
        Assert.Equal(asked.Order(), done.Order());
        Assert.Equal(HistoryEventKind.Completed, history[^1].Kind);
        Assert.Single(history, line => line.Kind == HistoryEventKind.Completed);
    }
}

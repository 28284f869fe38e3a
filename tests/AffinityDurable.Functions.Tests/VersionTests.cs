using System.Text.Json;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Tests.World;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Tests;

/// <summary>Runs of other versions of the program.</summary>
public sealed class VersionTests
{
    [Theory]
    [InlineData("1.0", null)]
    [InlineData("", null)]
    [InlineData("0.9", null)]
    [InlineData("1.1", "AFF753")]
    [InlineData("2.0", "AFF753")]
    public void This_program_goes_on_with_runs_of_its_own_and_of_older_versions(string version, string? code) =>
        Assert.Equal(code, OrchestrationVersion.ProblemOf(version)?[..6]);

    [Theory]
    [InlineData("1.9", "AFF754")]
    [InlineData("", "AFF754")]
    [InlineData("2.0", null)]
    [InlineData("2.1", null)]
    [InlineData("3.0", "AFF753")]
    public void A_version_that_was_declared_incompatible_is_refused(string version, string? code) =>
        Assert.Equal(code, OrchestrationVersion.ProblemOf(version, current: "2.1", oldest: "2.0")?[..6]);

    [Fact]
    public void On_Azure_runs_are_started_with_the_same_version()
    {
        using var host = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root(), "host.json")));
        var durableTask = host.RootElement.GetProperty("extensions").GetProperty("durableTask");

        Assert.Equal(OrchestrationVersion.Current, durableTask.GetProperty("defaultVersion").GetString());
        Assert.Equal("CurrentOrOlder", durableTask.GetProperty("versionMatchStrategy").GetString());
        Assert.Equal("Reject", durableTask.GetProperty("versionFailureStrategy").GetString());
    }

    [Fact]
    public async Task A_run_of_a_newer_version_is_refused_with_a_code_and_touches_nothing()
    {
        await using var app = await TestApp.StartAsync();
        app.Define();
        app.ExportAll(n => n);
        var input = new SyncInput("portfolio", RunMode.Apply, RunTrigger.CommandLine);
        var runId = RunId.ForAdHoc("portfolio", Guid.NewGuid()).ToString();

        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(SyncOrchestrator), input, new StartOrchestrationOptions(runId) { Version = "2.0" });
        var ended = await app.Client.WaitForInstanceCompletionAsync(runId, getInputsAndOutputs: true, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        var next = await app.RunAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.StartsWith("AFF753 The run is of version 2.0, this program goes up to 1.0.", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains(app.Log.Lines, line => line.Text.Contains("AFF753", StringComparison.Ordinal) && line.Text.Contains(runId, StringComparison.Ordinal));
        Assert.Equal((RunOutcome.Succeeded, 50), (next.Outcome, app.Affinity.Counters.PatchCalls));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AffinityDurable.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}

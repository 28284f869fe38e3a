using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AffinityDurable.Delivery.Tests.Pipelines;

/// <summary>The pipeline is put together from its templates as Azure Pipelines does it, and hangs together.</summary>
public sealed partial class PipelineTests
{
    /// <summary>Variables that Azure Pipelines sets.</summary>
    private static readonly string[] Predefined =
    [
        "Agent.OS", "Agent.TempDirectory", "Build.ArtifactStagingDirectory", "Build.BuildNumber", "Build.SourceBranch", "Build.SourcesDirectory",
        "Build.SourceVersion", "Pipeline.Workspace", "System.DefinitionId", "System.TeamProjectId",
    ];

    private static readonly Pipeline Main = Pipeline.OfMain(("planVault", "kv-afdur-prod-abc123"));
    private static readonly Pipeline PullRequest = Pipeline.OfBranch("refs/pull/7/merge");

    private static IEnumerable<Job> Jobs => Main.Stages.SelectMany(stage => stage.Jobs);

    [Fact]
    public void Every_template_is_there_and_gets_the_parameters_that_it_declares()
    {
        Assert.Empty(Main.Problems);
        Assert.Empty(PullRequest.Problems);
    }

    [Fact]
    public void Every_template_is_used_and_uses_what_it_declares()
    {
        Assert.Equal(["azure-pipelines.yml", .. Repository.Paths("eng/pipelines", "*.yml")], Main.Files.Order(StringComparer.Ordinal));
        var unused = Main.Files.SelectMany(file => new Template(file).Parameters.Where(name => !Repository.Text(file).Contains($"parameters.{name}", StringComparison.Ordinal)).Select(name => $"{file}: {name}"));
        Assert.Empty(unused);
    }

    [Fact]
    public void A_commit_goes_through_every_stage_and_a_pull_request_through_the_first_alone()
    {
        Assert.Equal(["Build", "WhatIf", "Plan", "Dev", "Prod"], Main.Stages.Select(stage => stage.Name));
        Assert.Equal(["Build"], PullRequest.Stages.Select(stage => stage.Name));
    }

    [Fact]
    public void A_pull_request_sees_no_service_connection()
    {
        Assert.DoesNotContain("AzureCLI", PullRequest.Content.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("azureSubscription", PullRequest.Content.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Stages_and_jobs_wait_for_ones_that_come_before_them()
    {
        var earlier = new List<string>();
        foreach (var stage in Main.Stages)
        {
            Assert.All(stage.DependsOn ?? earlier.TakeLast(1), name => Assert.Contains(name, earlier));
            earlier.Add(stage.Name);
            var jobs = new List<string>();
            foreach (var job in stage.Jobs)
            {
                Assert.All(job.DependsOn, name => Assert.Contains(name, jobs));
                Assert.All(Dependency().Matches((string?)job.Content["condition"] ?? ""), named => Assert.Contains(named.Groups["job"].Value, job.DependsOn));
                jobs.Add(job.Name);
            }

            Assert.Equal(jobs.Count, jobs.Distinct(StringComparer.Ordinal).Count());
        }

        Assert.Equal(["WhatIf", "Plan"], Main.Stages.Single(stage => stage.Name == "Dev").DependsOn);
        Assert.Equal(["Dev"], Main.Stages.Single(stage => stage.Name == "Prod").DependsOn);
    }

    [Fact]
    public void Every_job_has_an_end_and_a_pinned_machine_and_no_step_goes_on_after_a_failure()
    {
        Assert.All(Jobs, job =>
        {
            Assert.InRange(int.Parse((string)job.Content["timeoutInMinutes"]!, null), 5, 150);
            Assert.Equal("ubuntu-24.04", (string?)job.Pool!["vmImage"]);
            Assert.All(job.Steps, step => Assert.True(step.ContainsKey("displayName") || step.ContainsKey("checkout") || step.ContainsKey("download"), step.ToJsonString()));
        });
        Assert.DoesNotContain("continueOnError", Main.Content.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("always()", Main.Content.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Tasks_are_on_the_list_with_a_pinned_version_and_inputs_that_they_have() =>
        Assert.Empty(Jobs.SelectMany(job => job.Steps.SelectMany(Tasks.Problems).Select(problem => $"{job}: {problem}")));

    [Fact]
    public void Tasks_that_are_not_on_the_list_or_lack_an_input_are_found()
    {
        Assert.Equal(["AzureCLI@1 is not on the list of tasks"], Tasks.Problems(new JsonObject { ["task"] = "AzureCLI@1" }));
        Assert.Equal(["Cache@2 needs 'path'", "Cache@2 has no input 'paths'"], Tasks.Problems(new JsonObject { ["task"] = "Cache@2", ["inputs"] = new JsonObject { ["key"] = "a", ["paths"] = "b" } }));
    }

    [Fact]
    public void What_is_downloaded_was_published_by_a_job_before()
    {
        var published = new HashSet<string>(StringComparer.Ordinal);
        foreach (var job in Jobs)
        {
            foreach (var download in job.Tasks("DownloadPipelineArtifact@2"))
            {
                Assert.Contains((string)download["inputs"]!["artifact"]!, published);
            }

            published.UnionWith(job.Tasks("PublishPipelineArtifact@1").Select(task => (string)task["inputs"]!["artifact"]!));
        }

        Assert.Equal(["definitions", "infra", "outputs-dev", "outputs-prod", "package", "sbom"], published.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Variables_are_set_by_the_platform_or_declared()
    {
        foreach (var stage in Main.Stages)
        {
            string[] declared = [.. Names(Main.Content["variables"]), .. Names(stage.Content["variables"])];
            var used = Variable().Matches(stage.Content.ToJsonString()).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal);
            Assert.Empty(used.Except([.. Predefined, .. declared]));
        }
    }

    [Fact]
    public void Each_environment_has_connections_of_its_own_and_what_deploys_asks_for_its_approval()
    {
        Assert.Equal(["affinity-durable-dev", "affinity-durable-dev-infra"], Connections("Dev"));
        Assert.Equal(["affinity-durable-prod", "affinity-durable-prod-infra"], Connections("Prod"));
        Assert.Equal(["affinity-durable-plan"], Connections("Plan"));
        foreach (var (stage, environment) in new[] { ("Dev", "affinity-durable-dev"), ("Prod", "affinity-durable-prod") })
        {
            var jobs = Jobs.Where(job => job.Stage.Name == stage).ToList();
            Assert.Equal(["Infrastructure", "App", "Rollback"], jobs.Where(job => job.Deploys).Select(job => job.Name));
            Assert.All(jobs.Where(job => job.Deploys), job => Assert.Equal(environment, (string?)job.Content["environment"]));
            // One run after the other, and none left out.
            Assert.Equal("sequential", (string?)jobs[0].Stage.Content["lockBehavior"]);
        }
    }

    private static IEnumerable<string> Connections(string stage) => Jobs.Where(job => job.Stage.Name == stage)
        .SelectMany(job => job.Tasks("AzureCLI@2")).Select(task => (string)task["inputs"]!["azureSubscription"]!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Names(JsonNode? variables) => variables?.AsObject().Select(each => each.Key) ?? [];

    [GeneratedRegex(@"dependencies\.(?<job>\w+)\.", RegexOptions.ExplicitCapture)]
    private static partial Regex Dependency();

    [GeneratedRegex(@"\$\((?<name>[A-Za-z_.]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();
}

using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Verifying;
using AffinityDurable.Functions.Orchestrations;

namespace AffinityDurable.Docs.Tests.Deployment;

/// <summary>host.json: every value has its reason, and the deployable contains the file.</summary>
public sealed partial class HostSettingTests
{
    private static readonly Dictionary<string, string> Values = Flatten("", JsonDocument.Parse(Repository.File("host.json").Text).RootElement)
        .ToDictionary(value => value.Path, value => value.Text, StringComparer.Ordinal);

    private static readonly Dictionary<string, string[]> Rows = Repository.File("src/AffinityDurable.FunctionApp/README.md").Text.Split('\n')
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .ToDictionary(cells => cells[1].Trim('`'), cells => cells, StringComparer.Ordinal);

    [Fact]
    public void Every_value_stands_on_the_page_with_its_reason_and_no_other()
    {
        var expected = Values.Where(value => value.Key != "version").Select(value => $"{value.Key} = {value.Value}").Order(StringComparer.Ordinal);

        Assert.Equal(expected, Rows.Select(row => $"{row.Key} = {row.Value[2].Trim('`')}").Order(StringComparer.Ordinal));
        Assert.All(Rows.Values, cells => Assert.True(cells[3].Length > 15, $"{cells[1]} has no reason."));
    }

    [Theory]
    [InlineData("version", "2.0")]
    [InlineData("extensions.durableTask.hubName", "%TASKHUB_NAME%")]
    [InlineData("extensions.durableTask.storageProvider.maxQueuePollingInterval", "00:00:01")]
    [InlineData("extensions.durableTask.overridableExistingInstanceStates", "NonRunningStates")]
    [InlineData("extensions.durableTask.tracing.version", "V2")]
    [InlineData("extensions.durableTask.tracing.traceInputsAndOutputs", "false")]
    [InlineData("extensions.queues.maxDequeueCount", "5")]
    [InlineData("extensions.http.routePrefix", "api")]
    [InlineData("telemetryMode", "OpenTelemetry")]
    public void What_the_program_relies_on_is_set(string setting, string value) => Assert.Equal(value, Values[setting]);

    [Fact]
    public void The_activities_of_two_runs_fit_beside_each_other() =>
        Assert.Equal(2 * new Core.Definitions.SyncDefinition { Sync = "", ListId = 0, Sources = [], Match = [], Fields = [] }.MaxParallelBatches, int.Parse(Values["extensions.durableTask.maxConcurrentActivityFunctions"]));

    [Fact]
    public void The_deployable_contains_the_file()
    {
        var project = XDocument.Parse(Repository.File("src/AffinityDurable.FunctionApp/AffinityDurable.FunctionApp.csproj").Text);

        var item = Assert.Single(project.Descendants("None"), none => (string?)none.Attribute("Include") == "../../host.json");
        Assert.Equal(("host.json", "PreserveNewest"), ((string?)item.Attribute("Link"), (string?)item.Attribute("CopyToPublishDirectory")));
    }

    [Fact]
    public void Names_of_task_hubs_on_the_pages_are_valid_for_azure()
    {
        var named = Repository.Pages.Concat([Repository.File("local.settings.sample.json")])
            .SelectMany(page => HubName().Matches(page.Text).Select(match => match.Groups["name"].Value))
            .ToList();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Matches("^[A-Za-z][A-Za-z0-9]{2,44}$", name));
    }

    /// <summary>Azure Storage keeps instances by their ids, which may not hold what paths and queries are made of.</summary>
    [Fact]
    public void Ids_of_instances_are_valid_for_azure()
    {
        var run = RunId.ForAdHoc(new string('a', 60), Guid.NewGuid()).ToString();
        string[] ids =
        [
            NightlyOrchestrator.InstanceId,
            TargetedOrchestrator.IdFor(long.MaxValue),
            RunId.Scheduled(new string('a', 60), DateTimeOffset.UnixEpoch).ToString(),
            run,
            ApplyOrchestrator.IdFor(run),
            ApplyOrchestrator.CanaryIdFor(run),
            VerifyOrchestrator.IdFor(run, VerifiedParts.Canary),
        ];

        Assert.All(ids, id => Assert.Matches(@"\A[^@/\\#?\p{Cc}][^/\\#?\p{Cc}]{0,254}\z", id));
    }

    private static IEnumerable<(string Path, string Text)> Flatten(string path, JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject().SelectMany(property => Flatten(path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value))
        : [(path, element.ToString() is var text && element.ValueKind is JsonValueKind.True or JsonValueKind.False ? element.GetRawText() : element.ToString())];

    [GeneratedRegex("TASKHUB_NAME(?:\": \"|=)(?<name>[^\"` \n]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HubName();
}

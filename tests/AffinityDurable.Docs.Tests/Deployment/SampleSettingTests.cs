using System.Text.Json;

namespace AffinityDurable.Docs.Tests.Deployment;

/// <summary>local.settings.sample.json: what a newcomer needs, on the pages and without a secret.</summary>
public sealed class SampleSettingTests
{
    private static readonly Dictionary<string, string> Values = JsonDocument.Parse(Repository.File("local.settings.sample.json").Text)
        .RootElement.GetProperty("Values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!, StringComparer.Ordinal);

    [Fact]
    public void Every_setting_of_the_sample_is_on_a_page()
    {
        var ours = Names("docs/settings.md");
        var platform = Names("docs/deployment.md");

        Assert.All(Values.Keys, name => Assert.True(ours.Contains(name) || platform.Contains(name), $"{name} is on no page."));
    }

    [Fact]
    public void What_the_host_and_the_program_cannot_start_without_is_there()
    {
        string[] needed = ["AzureWebJobsStorage", "FUNCTIONS_WORKER_RUNTIME", "TASKHUB_NAME", "Stores__BlobUri", "Definitions__BlobUri", "Affinity__ApiKey"];

        Assert.Empty(needed.Except(Values.Keys, StringComparer.Ordinal));
        Assert.Equal("dotnet-isolated", Values["FUNCTIONS_WORKER_RUNTIME"]);
    }

    [Fact]
    public void Whoever_starts_it_as_it_is_writes_nothing_and_finds_no_secret()
    {
        Assert.Equal("false", Values["Writes__Enabled"]);
        Assert.All(Values.Where(value => value.Key.EndsWith("Key", StringComparison.Ordinal)), value => Assert.Empty(value.Value));
        Assert.All(Values.Values, value => Assert.DoesNotContain("AccountKey", value, StringComparison.OrdinalIgnoreCase));
    }

    private static HashSet<string> Names(string page) => Repository.File(page).Text.Split('\n')
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Split('`')[1])
        .ToHashSet(StringComparer.Ordinal);
}

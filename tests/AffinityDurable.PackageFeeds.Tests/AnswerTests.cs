namespace AffinityDurable.PackageFeeds.Tests;

/// <summary>When the feed is asked, what counts as an answer, and when it is asked again.</summary>
public class AnswerTests
{
    private const string Restore = "restore src/AffinityDurable.Functions";
    private const string Said = "The package feed";

    [Fact]
    public void Known_answer_is_not_asked_for_again()
    {
        using Clone clone = Clone.Miniature();
        clone.With(clone.EmptyFeed());

        Assert.Contains(Said, clone.Dotnet(Restore).Succeeds().Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Said, clone.Dotnet(Restore).Succeeds().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_missing_package_means_false()
    {
        using Clone clone = Clone.Miniature();
        PackageFeed feed = clone.StubFeed();
        feed.Remove("Microsoft.Azure.Functions.Worker.OpenTelemetry");
        clone.With(feed);

        clone.Dotnet(Restore).Succeeds();

        Assert.Equal("false", clone.Answer);
    }

    [Fact]
    public void A_newer_version_than_the_pinned_one_means_false()
    {
        using Clone clone = Clone.Miniature();
        PackageFeed feed = clone.StubFeed();
        feed.Remove("Microsoft.Azure.Functions.Worker.Sdk");
        feed.Add("Microsoft.Azure.Functions.Worker.Sdk", "0.0.2-stub");
        clone.With(feed);

        clone.Dotnet(Restore).Succeeds();

        Assert.Equal("false", clone.Answer);
    }

    [Fact]
    public void Pinning_other_versions_asks_again()
    {
        using Clone clone = Clone.Miniature();
        clone.With(clone.StubFeed());
        string otherPins = string.Concat(PackageFeed.Pins.Values.Select(pin => $" -p:{pin}=0.0.3-stub"));

        clone.Dotnet(Restore + otherPins).Succeeds();
        Assert.Equal("false", clone.Answer);

        clone.Dotnet(Restore).Succeeds();
        Assert.Equal("true", clone.Answer);
    }

    [Fact]
    public void Other_package_sources_ask_again()
    {
        using Clone clone = Clone.Miniature();
        clone.With(clone.EmptyFeed());
        PackageFeed stubs = clone.StubFeed();

        clone.Dotnet(Restore).Succeeds();
        Assert.Equal("false", clone.Answer);

        clone.Dotnet($"{Restore} --source {stubs.Folder} --source {clone.EmptyFeed("another").Folder}").Succeeds();
        Assert.Equal("true", clone.Answer);

        clone.ForgetPackages();
        clone.Dotnet(Restore).Succeeds();
        Assert.Equal("false", clone.Answer);
    }

    [Fact]
    public void Hiding_the_packages_by_source_mapping_asks_again_and_is_no_answer()
    {
        using Clone clone = Clone.Miniature();
        clone.With(clone.StubFeed());
        clone.Dotnet(Restore).Succeeds();
        string before = File.ReadAllText(clone.AnswerFile);

        clone.ForgetPackages();
        string settings = Path.Combine(clone.Folder, "NuGet.config");
        File.WriteAllText(settings, File.ReadAllText(settings).Replace(
            "</configuration>",
            """<packageSourceMapping><packageSource key="tests"><package pattern="Other.*" /></packageSource></packageSourceMapping></configuration>""",
            StringComparison.Ordinal));

        Assert.Contains("NU1100", clone.Dotnet(Restore).Fails().Text, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(clone.AnswerFile));
    }

    [Fact]
    public async Task Restores_at_the_same_time_ask_once_and_agree()
    {
        using Clone clone = Clone.Miniature();
        clone.With(clone.StubFeed());
        string[] projects = ["src/AffinityDurable.Functions", "src/Says", "Miniature.sln"];

        DotnetResult[] restores = await Task.WhenAll(projects.Select(project => clone.DotnetAsync($"restore {project}")));

        Assert.All(restores, restore => restore.Succeeds());
        Assert.Equal("true", clone.Answer);
        Assert.Single(restores, restore => restore.Text.Contains(Said, StringComparison.Ordinal));
        clone.Dotnet("build src/Says --no-restore").Succeeds();
    }
}

namespace AffinityDurable.PackageFeeds.Tests;

/// <summary>Plain dotnet commands in a fresh clone, each the first one that is run there.</summary>
public class PlainCommandTests
{
    private const string FromStubs = "AzurePackages=true from StubWorker";
    private const string FromSurface = "AzurePackages=false from AzureSurface";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Solution_restores_and_then_builds(bool feedHasPackages)
    {
        using Clone clone = CloneWithFeed(feedHasPackages);

        clone.Dotnet("restore").Succeeds();
        clone.Dotnet("build --no-restore").Succeeds();

        Assert.Equal(feedHasPackages ? "true" : "false", clone.Answer);
        string said = clone.Dotnet("run --project src/Says --no-build").Succeeds().Text;
        Assert.Equal(feedHasPackages ? FromStubs : FromSurface, said.Trim());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Project_builds_alone(bool feedHasPackages)
    {
        using Clone clone = CloneWithFeed(feedHasPackages);

        clone.Dotnet("build src/AffinityDurable.Functions").Succeeds();

        Assert.Equal(feedHasPackages ? "true" : "false", clone.Answer);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Program_runs(bool feedHasPackages)
    {
        using Clone clone = CloneWithFeed(feedHasPackages);

        string said = clone.Dotnet("run --project src/Says").Succeeds().Text;

        Assert.Contains(feedHasPackages ? FromStubs : FromSurface, said, StringComparison.Ordinal);
    }

    [Fact]
    public void Tests_run()
    {
        using Clone clone = CloneWithFeed(hasPackages: true);

        string said = clone.Dotnet("test tests/Says.Tests").Succeeds().Text;

        Assert.Contains("Passed!", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Function_app_is_published_with_host_settings_and_without_local_ones()
    {
        using Clone clone = CloneWithFeed(hasPackages: true);
        File.Copy(Path.Combine(clone.Folder, "local.settings.sample.json"), Path.Combine(clone.Folder, "local.settings.json"));
        string published = Path.Combine(clone.Folder, "published");

        clone.Dotnet($"publish src/AffinityDurable.FunctionApp -o {published}").Succeeds();

        Assert.True(File.Exists(Path.Combine(published, "AffinityDurable.FunctionApp.dll")));
        Assert.True(File.Exists(Path.Combine(published, "StubWorker.dll")));
        Assert.Equal(
            File.ReadAllText(Path.Combine(clone.Folder, "host.json")),
            File.ReadAllText(Path.Combine(published, "host.json")));
        Assert.False(File.Exists(Path.Combine(published, "local.settings.json")));
        Assert.NotEmpty(Directory.GetFiles(
            Path.Combine(clone.Folder, "src", "AffinityDurable.FunctionApp", "bin"), "local.settings.json", SearchOption.AllDirectories));
    }

    [Fact]
    public void Publishing_the_function_app_without_the_packages_is_an_error_that_says_why()
    {
        using Clone clone = CloneWithFeed(hasPackages: false);
        string published = Path.Combine(clone.Folder, "published");

        string said = clone.Dotnet($"publish src/AffinityDurable.FunctionApp -o {published}").Fails().Text;

        Assert.Contains("error AZP004: There is no function app to publish", said, StringComparison.Ordinal);
        Assert.Contains("the package feed does not carry the Azure Functions packages", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(published));
    }

    private static Clone CloneWithFeed(bool hasPackages)
    {
        Clone clone = Clone.Miniature();
        return clone.With(hasPackages ? clone.StubFeed() : clone.EmptyFeed());
    }
}

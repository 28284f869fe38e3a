namespace AffinityDurable.PackageFeeds.Tests;

/// <summary>An answer that is given wins, and a build never mixes two.</summary>
public class GivenAnswerTests
{
    private const string Functions = "src/AffinityDurable.Functions";

    [Fact]
    public void Given_true_fails_on_a_feed_without_the_packages_and_names_them()
    {
        using Clone clone = Clone.Miniature();
        clone.With(clone.EmptyFeed());

        string said = clone.Dotnet($"restore {Functions} -p:AzurePackages=true").Fails().Text;

        Assert.Contains("Unable to find package Microsoft.Azure.Functions.Worker", said, StringComparison.Ordinal);
        Assert.Null(clone.Answer);
    }

    [Fact]
    public void Given_false_uses_the_surface_on_a_feed_with_the_packages()
    {
        using Clone clone = Clone.Miniature();
        clone.With(clone.StubFeed());

        string said = clone.Dotnet("run --project src/Says -p:AzurePackages=false").Succeeds().Text;

        Assert.Contains("AzurePackages=false from AzureSurface", said, StringComparison.Ordinal);
        Assert.Null(clone.Answer);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Building_what_was_restored_under_the_other_answer_is_an_error_that_names_the_cure(bool restored)
    {
        using Clone clone = Clone.Miniature();
        clone.With(clone.StubFeed());
        clone.Dotnet($"restore {Functions} -p:AzurePackages={restored}").Succeeds();

        string said = clone.Dotnet($"build {Functions} --no-restore -p:AzurePackages={!restored}").Fails().Text;

        Assert.Contains("error AZP003: AffinityDurable.Functions was restored under the other answer", said, StringComparison.Ordinal);
        Assert.Contains("Run 'dotnet restore'", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Building_before_any_answer_is_an_error_that_names_the_cure()
    {
        using Clone clone = Clone.Miniature();
        clone.With(clone.EmptyFeed());
        clone.Dotnet($"restore {Functions}").Succeeds();
        File.Delete(clone.AnswerFile);

        string said = clone.Dotnet($"build {Functions} --no-restore").Fails().Text;

        Assert.Contains("error AZP001", said, StringComparison.Ordinal);
        Assert.Contains("Run 'dotnet restore'", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Anything_but_true_and_false_is_an_error()
    {
        using Clone clone = Clone.Miniature();
        clone.With(clone.EmptyFeed());

        string said = clone.Dotnet($"build {Functions} -p:AzurePackages=perhaps").Fails().Text;

        Assert.Contains("error AZP002: AzurePackages is 'perhaps'", said, StringComparison.Ordinal);
    }
}

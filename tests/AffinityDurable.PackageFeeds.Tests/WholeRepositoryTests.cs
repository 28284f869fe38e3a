namespace AffinityDurable.PackageFeeds.Tests;

public class WholeRepositoryTests
{
    /// <summary>The build that made this test compiled one answer; this is the other one, with stubs for the official packages.</summary>
    [Fact]
    public void Repository_builds_under_the_other_answer_too()
    {
        using Clone clone = Clone.Whole();
        bool feedHasPackages = BuildFacts.AzurePackages == "false";
        clone.With(feedHasPackages ? clone.StubFeed() : clone.EmptyFeed());

        clone.Dotnet("build").Succeeds();

        Assert.Equal(feedHasPackages ? "true" : "false", clone.Answer);
    }
}

namespace AffinityDurable.PackageFeeds.Tests;

/// <summary>How a <c>dotnet</c> command ended; the text is what it printed on both streams.</summary>
internal sealed record DotnetResult(string Command, int ExitCode, string Text)
{
    public DotnetResult Succeeds()
    {
        Assert.True(ExitCode == 0, $"dotnet {Command} exited {ExitCode}:{Environment.NewLine}{Text}");
        return this;
    }

    public DotnetResult Fails()
    {
        Assert.True(ExitCode != 0, $"dotnet {Command} succeeded:{Environment.NewLine}{Text}");
        return this;
    }
}

namespace AffinityDurable.Delivery.Tests.Operations;

/// <summary>Scripts that pages name are there, and know what they are given.</summary>
public sealed class ScriptCallTests
{
    [Fact]
    public void Scripts_on_pages_exist_and_know_their_options()
    {
        var calls = TypedCommands.All
            .Where(typed => typed.Place.EndsWith(".md", StringComparison.Ordinal) && typed.Command.Program.EndsWith(".sh", StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(calls);
        Assert.All(calls, typed => Assert.True(File.Exists(Repository.Absolute(typed.Command.Program)), typed.ToString()));
        Assert.Empty(
            from typed in calls
            let header = Header(typed.Command.Program)
            from word in typed.Command.Arguments.Where((word, at) => word.StartsWith("--", StringComparison.Ordinal) || (at == 0 && word.All(letter => char.IsAsciiLetterLower(letter) || letter == '-')))
            where !header.Contains(word, StringComparison.Ordinal)
            select $"{typed}: {word} is not in its usage");
    }

    /// <summary>The comment that the script begins with.</summary>
    private static string Header(string script) =>
        string.Join('\n', Repository.Text(script).Split('\n').TakeWhile(line => line.StartsWith('#')));
}

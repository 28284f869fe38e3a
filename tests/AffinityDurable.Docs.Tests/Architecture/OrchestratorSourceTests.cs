using System.Text.RegularExpressions;

namespace AffinityDurable.Docs.Tests.Architecture;

/// <summary>Orchestrators are replayed: what they do may depend on their history only.</summary>
public sealed partial class OrchestratorSourceTests
{
    private const string Folder = "src/AffinityDurable.Functions/Orchestrations";

    [Theory]
    [InlineData(@"\bConfigureAwait\b", "the rest of the orchestrator would run outside its turn")]
    [InlineData(@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b", "time comes from context.CurrentUtcDateTime")]
    [InlineData(@"\bTimeProvider\b", "time comes from context.CurrentUtcDateTime")]
    [InlineData(@"\bStopwatch\b", "time comes from context.CurrentUtcDateTime")]
    [InlineData(@"\bGuid\.(NewGuid|CreateVersion7)\b", "ids come from context.NewGuid()")]
    [InlineData(@"\bRandom\b", "a replay would draw another number")]
    [InlineData(@"\bTask\.(Delay|Run|Yield|Factory)\b", "waits are durable timers")]
    [InlineData(@"\bThread\b", "an orchestrator has one thread")]
    [InlineData(@"\bEnvironment\.", "settings may differ at the replay")]
    [InlineData(@"\bIConfiguration\b|\bIOptions", "settings may differ at the replay")]
    [InlineData(@"\bHttpClient\b|\bAffinityClient\b|\bIRunStore\b|\bISyncState\b", "I/O belongs into activities")]
    public void Orchestrators_do_not_use(string pattern, string because)
    {
        var found =
            from file in Repository.Files(Folder, "*.cs")
            from Match match in Regex.Matches(Comments().Replace(file.Text, ""), pattern)
            select $"{file}: {match.Value} ({because})";

        Assert.Empty(found);
    }

    [Fact]
    public void Every_orchestrator_is_in_the_folder_that_is_scanned()
    {
        var scanned = Repository.Files(Folder, "*.cs").Select(file => Path.GetFileNameWithoutExtension(file.Path)).ToHashSet();

        Assert.Superset(FunctionMethods.Orchestrators.Select(FunctionMethods.Name).ToHashSet(), scanned);
    }

    [Fact]
    public void Calls_name_functions_with_nameof()
    {
        var literal =
            from file in Repository.Files("src/AffinityDurable.Functions", "*.cs")
            from Match match in CallByText().Matches(file.Text)
            select $"{file}: {match.Value}";

        Assert.Empty(literal);
    }

    [GeneratedRegex(@"//.*")]
    private static partial Regex Comments();

    [GeneratedRegex(@"(CallActivityAsync|CallSubOrchestratorAsync|ScheduleNewOrchestrationInstanceAsync)(<[^(]*>)?\(\s*""[^""]*""")]
    private static partial Regex CallByText();
}

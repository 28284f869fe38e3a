using System.Text.Json;
using System.Text.RegularExpressions;

namespace AffinityDurable.Delivery.Tests.Operations;

/// <summary>Calls of the HTTP API on pages are in its description, and what is taken out of an answer can be in it.</summary>
public sealed partial class HttpCallTests : IDisposable
{
    private readonly JsonDocument description = JsonDocument.Parse(Repository.Text("docs/openapi.json"));

    public void Dispose() => description.Dispose();

    [Fact]
    public void Calls_on_pages_are_in_the_description()
    {
        var calls = Calls().ToList();

        Assert.True(calls.Count > 40);
        Assert.Empty(
            from call in calls
            let problem = call.Http.Problem(description.RootElement)
            where problem is not null
            select $"{call.Place}: {problem}");
    }

    [Theory]
    [InlineData("api /runz", "no route /runz")]
    [InlineData("api /runs/r/cancel", "does not know GET")]
    [InlineData("api /runs?limt=1", "parameter limt")]
    [InlineData("api /runs/r/cancel --data {\"resaon\":\"x\"}", "does not know 'resaon'")]
    [InlineData("api /runs/r/cancel --data {", "no JSON")]
    [InlineData("curl -X PUT http://127.0.0.1:7272/api/syncs", "does not know PUT")]
    public void A_call_that_the_API_does_not_know_is_found(string line, string problem) =>
        Assert.Contains(problem, HttpCall.Of(new ShellCommand(line.Split(' ')))!.Problem(description.RootElement), StringComparison.Ordinal);

    /// <summary>jq gives null for a member that there is not, and says nothing.</summary>
    [Fact]
    public void Members_that_jq_takes_are_members_of_answers_or_outputs_of_the_template() =>
        Assert.Empty(TypedCommands.Of("jq").Where(typed => typed.Place == "docs/operations.md").SelectMany(typed => typed.Command.Arguments).SelectMany(Unknown));

    [Theory]
    [InlineData(".status.planHsh", "planHsh")]
    [InlineData(".runs[] | {runId, triger, rejects}", "triger")]
    [InlineData("{next: .schedule.nxt}", "nxt")]
    [InlineData(".FUNCTION_APP", "FUNCTION_APP")]
    public void A_member_that_there_is_not_is_found(string program, string member) => Assert.Equal([member], Unknown(program));

    private IEnumerable<string> Unknown(string program)
    {
        var known = Members(description.RootElement).ToHashSet(StringComparer.Ordinal);
        known.UnionWith(OutputName().Matches(Repository.Text("infra/main.bicep")).Select(match => match.Groups["name"].Value));
        return program.EndsWith(".json", StringComparison.Ordinal) ? [] : Member().Matches(Quoted().Replace(program, "")).Select(match => match.Groups["name"].Value).Where(name => !known.Contains(name));
    }

    private static IEnumerable<(string Place, HttpCall Http)> Calls() =>
        from typed in TypedCommands.Of("curl").Concat(TypedCommands.Of("api"))
        where typed.Place.EndsWith(".md", StringComparison.Ordinal)
        let call = HttpCall.Of(typed.Command)
        where call is not null
        select (typed.Place, call);

    /// <summary>Of the schemas, and of the app roles.</summary>
    private static IEnumerable<string> Members(JsonElement description) =>
        description.GetProperty("components").GetProperty("schemas").EnumerateObject()
            .Where(schema => schema.Value.TryGetProperty("properties", out _))
            .SelectMany(schema => schema.Value.GetProperty("properties").EnumerateObject().Select(property => property.Name))
            .Concat(["id", "value"]);

    [GeneratedRegex(@"\.(?<name>[A-Za-z_]\w*)|(?<=[{,]\s*)(?<name>[a-z]\w*)(?=\s*[,}])", RegexOptions.ExplicitCapture)]
    private static partial Regex Member();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^output (?<name>\w+) ", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex OutputName();
}

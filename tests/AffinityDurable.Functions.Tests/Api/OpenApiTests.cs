using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AffinityDurable.Functions.Tests.Access;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Tests.Api;

/// <summary>docs/openapi.json and the program say the same.</summary>
public sealed partial class OpenApiTests
{
    private const string Run = "portfolio@20260303T0200Z";

    private static readonly ApprovedDocument Document = new();

    [Fact]
    public void Every_function_over_HTTP_is_described_and_no_other()
    {
        var functions = Functions().SelectMany(function => (function.Trigger.Methods ?? []).Select(verb => $"{verb} /{function.Trigger.Route} {function.Name}"));

        Assert.Equal(functions.Order(StringComparer.Ordinal), Document.Operations.Select(operation => $"{operation.Verb} {operation.Path} {operation.Id}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Parameters_in_paths_are_those_of_the_routes()
    {
        Assert.All(Document.Operations, operation => Assert.Equal(RouteParameter().Matches(operation.Path).Select(match => match.Groups["name"].Value), operation.ParametersIn("path")));
        Assert.All(Document.Operations.SelectMany(operation => operation.Parameters), parameter => Assert.False(string.IsNullOrEmpty((string?)parameter["description"])));
    }

    [Fact]
    public void Schemas_of_answers_are_those_of_the_records()
    {
        var records = RecordSchemas.Of(Document.NamedByPaths().Where(name => !ApprovedDocument.IsByHand(name)));
        var expected = Document.With(records);
        if (Environment.GetEnvironmentVariable("UPDATE_APPROVED") == "1")
        {
            File.WriteAllText(ApprovedDocument.Path, expected);
        }

        Assert.True(
            ApprovedDocument.Text == expected,
            $"{ApprovedDocument.Path} has other schemas than the records. Look at the difference; UPDATE_APPROVED=1 with this test writes those of the records.");
    }

    [Fact]
    public void Schemas_that_are_written_by_hand_are_used()
    {
        Assert.All(Document.Schemas.Select(schema => schema.Key).Where(ApprovedDocument.IsByHand), name => Assert.Contains(name, Document.NamedByPaths()));
    }

    [Fact]
    public async Task Parameters_in_queries_are_those_that_the_routes_take()
    {
        await using var app = await ApiApp.StartAsync();
        app.Define();
        using var http = app.Approver();

        // Probes of platforms may add what they like to the routes that are for anybody.
        var asked = Document.Operations.Where(operation => operation.Verb == "get" && operation.Role is not null).ToList();

        Assert.Contains(asked, operation => operation.ParametersIn("query").Any());
        foreach (var operation in asked)
        {
            var answer = await http.GetAsync(operation.Example(Run, "portfolio") + "?nosuch=1");
            Assert.True(operation.Node["responses"]!["400"] is not null, $"{operation} does not say that it refuses.");
            Assert.Equal((operation.ToString(), string.Join(' ', operation.ParametersIn("query").Order(StringComparer.Ordinal))), (operation.ToString(), await KnownAsync(answer)));
        }
    }

    [Fact]
    public async Task Members_of_bodies_are_those_that_the_routes_take()
    {
        await using var app = await ApiApp.StartAsync();
        app.Define();
        using var http = app.Approver();
        var asked = Document.Operations.Where(operation => operation.Body is not null).ToList();

        Assert.NotEmpty(asked);
        foreach (var operation in asked)
        {
            var members = operation.Body!["properties"]!.AsObject().Select(member => member.Key);
            var unknown = await http.PostAsJsonAsync(operation.Example(Run, "portfolio"), new { nosuch = 1 });
            Assert.Equal((operation.ToString(), string.Join(' ', members.Order(StringComparer.Ordinal))), (operation.ToString(), await KnownAsync(unknown)));
            Assert.Equal(
                (operation.ToString(), string.Join(' ', (operation.Body["required"]?.AsArray() ?? []).Select(member => (string)member!).Order(StringComparer.Ordinal))),
                (operation.ToString(), string.Join(' ', await MissingAsync(unknown))));
        }
    }

    [Fact]
    public async Task Readers_get_the_document_from_the_host()
    {
        await using var app = await ApiApp.StartAsync();
        using var reader = app.Reader();

        Assert.Equal(ApprovedDocument.Text, await reader.GetStringAsync("/api/openapi.json"));
    }

    /// <summary>Functions with an HTTP trigger, found as the hosts find them.</summary>
    internal static IEnumerable<(string Name, HttpTriggerAttribute Trigger)> Functions() =>
        from type in typeof(AffinityDurableServices).Assembly.GetExportedTypes()
        from method in type.GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        let trigger = method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(attribute => attribute is not null)
        where trigger is not null
        select (function.Name, trigger);

    /// <summary>What the answer to an unknown name says is known.</summary>
    private static async Task<string> KnownAsync(HttpResponseMessage answer)
    {
        var message = Messages(await answer.JsonAsync()).Single(text => text.Contains("'nosuch' is not known here", StringComparison.Ordinal));
        return string.Join(' ', Quoted().Matches(message).Skip(1).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal));
    }

    private static async Task<IEnumerable<string>> MissingAsync(HttpResponseMessage answer) =>
        Messages(await answer.JsonAsync())
            .Where(text => text.EndsWith("is missing.", StringComparison.Ordinal))
            .Select(text => Quoted().Match(text).Groups["name"].Value)
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Messages(JsonElement details) => details.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("message").GetString()!);

    [GeneratedRegex(@"\{(?<name>[^}]+)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex RouteParameter();

    [GeneratedRegex("'(?<name>[^']+)'", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();
}

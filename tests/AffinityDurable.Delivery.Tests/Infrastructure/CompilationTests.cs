using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AffinityDurable.Delivery.Tests.Infrastructure;

/// <summary>Every template compiles offline, and neither linter nor formatter has anything to say.</summary>
public sealed partial class CompilationTests
{
    /// <summary>Rules of the linter that are off, and why.</summary>
    private static readonly Dictionary<string, string> Off = new()
    {
        ["use-recent-api-versions"] = "what is recent depends on the day: the same commit would pass today and fail tomorrow",
        ["use-recent-module-versions"] = "it asks a registry, and there are no modules from one",
    };

    /// <summary>Versions of APIs that are previews, and why.</summary>
    private static readonly Dictionary<string, string> Previews = new()
    {
        ["Microsoft.Insights/diagnosticSettings@2021-05-01-preview"] = "there is no other that knows groups of categories; the only stable one is of 2016",
    };

    [BicepFact]
    public void The_linter_finds_nothing() => Assert.Empty(Templates.Sources.SelectMany(Bicep.Findings));

    [BicepFact]
    public void Every_rule_of_the_linter_is_an_error_unless_there_is_a_reason()
    {
        var rules = JsonNode.Parse(Repository.Text("infra/bicepconfig.json"), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!["analyzers"]!["core"]!["rules"]!.AsObject();

        Assert.All(rules, rule => Assert.Equal(Off.ContainsKey(rule.Key) ? "off" : "error", rule.Value!["level"]!.GetValue<string>()));
        Assert.All(Off.Keys, rule => Assert.True(rules.ContainsKey(rule)));
        // Suppressions in files would be exceptions without a list.
        Assert.All(Templates.Sources, path => Assert.DoesNotContain("#disable", Repository.Text(path), StringComparison.Ordinal));
    }

    [BicepFact]
    public void The_formatter_leaves_every_file_as_it_is() => Assert.All(Templates.Sources, path => Assert.Equal(Repository.Text(path), Bicep.Format(path)));

    [BicepFact]
    public void Every_module_is_reached_from_the_main_template()
    {
        var modules = Repository.Paths("infra", "*.bicep").Select(path => Path.GetFileName(path)).Where(name => name != "main.bicep");
        var named = Templates.Sources.SelectMany(path => NamedFile().Matches(Repository.Text(path))).Select(match => Path.GetFileName(match.Groups["name"].Value)).ToHashSet();

        Assert.All(modules, name => Assert.Contains(name, named));
    }

    [BicepFact]
    public void Nothing_comes_from_a_registry() =>
        Assert.All(Templates.Sources, path => Assert.DoesNotMatch(@"'(br|ts)[:/]", Repository.Text(path)));

    [BicepFact]
    public void Every_parameter_says_what_it_is()
    {
        var parameters = Templates.Sources.Where(path => path.EndsWith(".bicep", StringComparison.Ordinal))
            .SelectMany(path => Parameter().Matches(Repository.Text(path)).Select(match => (Path: path, Name: match.Groups["name"].Value, Decorators: match.Groups["decorators"].Value)));

        Assert.NotEmpty(parameters);
        Assert.All(parameters, parameter => Assert.True(parameter.Decorators.Contains("@description('", StringComparison.Ordinal), $"{parameter.Path} says nothing about {parameter.Name}."));
    }

    [BicepFact]
    public void Versions_of_APIs_are_no_previews_unless_there_is_a_reason()
    {
        var versions = Templates.Sources.SelectMany(path => Version().Matches(Repository.Text(path))).Select(match => match.Groups["name"].Value).Where(version => version.Contains("preview", StringComparison.Ordinal));

        Assert.Equal(Previews.Keys.Order(StringComparer.Ordinal), versions.Distinct().Order(StringComparer.Ordinal));
    }

    [BicepFact]
    public void A_type_of_resource_is_named_in_one_version()
    {
        var versions = Templates.Sources.SelectMany(path => Version().Matches(Repository.Text(path))).Select(match => match.Groups["name"].Value).Distinct().GroupBy(version => version.Split('@')[0]);

        Assert.All(versions, type => Assert.Single(type));
    }

    [GeneratedRegex(@"'(?<name>[\w./-]+\.bicep)'")]
    private static partial Regex NamedFile();

    [GeneratedRegex(@"(?<decorators>(^@.*\n(^  .*\n|^\]\)\n)*)*)^param (?<name>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"'(?<name>Microsoft\.[\w./]+@[\w-]+)'")]
    private static partial Regex Version();
}

using System.Reflection;
using System.Text.RegularExpressions;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Docs.Tests;

/// <summary>docs/errors.md and the codes in the program say the same.</summary>
public sealed partial class ErrorPageTests
{
    private static readonly Type[] Classes =
        [.. typeof(ErrorCodes).Assembly.GetTypes().Where(type => type.Namespace == typeof(ErrorCodes).Namespace && CodesOf(type).Any())];

    [Fact]
    public void The_page_has_every_code_once_in_order()
    {
        Assert.Equal(ErrorCodes.All.Select(code => code.Id), ErrorPage.Sections.Select(section => section.Id));
    }

    [Fact]
    public void Titles_on_the_page_are_those_of_the_program()
    {
        Assert.All(ErrorPage.Sections, section => Assert.Equal($"{section.Id} {ErrorCodes.Get(section.Id).Title.TrimEnd('.')}", $"{section.Id} {section.Title}"));
    }

    [Fact]
    public void Every_code_has_a_cause_and_a_cure()
    {
        Assert.All(ErrorPage.Sections, section =>
        {
            Assert.True(section.Cause?.Length > 20, $"{section.Id} has no cause.");
            Assert.True(section.Cure?.Length > 10, $"{section.Id} has no cure.");
        });
    }

    [Fact]
    public void Codes_stand_under_the_heading_of_their_hundred()
    {
        Assert.All(ErrorPage.Sections, section => Assert.StartsWith($"{section.Id[..4]}xx", section.Area, StringComparison.Ordinal));
    }

    [Fact]
    public void Ids_are_unique_and_well_formed()
    {
        Assert.All(ErrorCodes.All, code => Assert.Matches("^AFF[1-7][0-9]{2}$", code.Id));
        Assert.Equal(ErrorCodes.All.Count, ErrorCodes.All.DistinctBy(code => code.Id).Count());
        Assert.Equal(ErrorCodes.All.Count, ErrorCodes.All.DistinctBy(code => code.Title).Count());
    }

    [Fact]
    public void Each_class_has_its_hundred()
    {
        Assert.All(Classes, type => Assert.Single(CodesOf(type).Select(code => code.Code.Id[3]).Distinct()));
        Assert.Equal(ErrorCodes.All.Count, Classes.Sum(type => CodesOf(type).Count()));
    }

    [Fact]
    public void No_code_is_without_use()
    {
        var sources = Repository.Files("src", "*.cs").ToList();
        var unused = Classes.SelectMany(CodesOf, (type, code) => (Class: type, code.Name, code.Code))
            .Where(code => !sources.Any(source => Uses(source, code.Class.Name, code.Name)))
            .Select(code => $"{code.Code.Id} ({code.Class.Name}.{code.Name})");

        Assert.Empty(unused);
    }

    [Fact]
    public void Codes_named_anywhere_exist()
    {
        var known = ErrorCodes.All.Select(code => code.Id).ToHashSet();
        var named =
            from file in Repository.Files("src", "*.cs").Concat(Repository.Files("samples", "*.yaml")).Concat(Repository.Pages)
            from Match mention in Mention().Matches(file.Text)
            where !known.Contains(mention.Value)
            select $"{file}: {mention.Value}";

        Assert.Empty(named);
    }

    /// <summary>In its own class a code is declared once and used by its bare name, elsewhere it is named with its class.</summary>
    private static bool Uses(RepositoryFile source, string type, string name) =>
        source.Path.EndsWith($"/Errors/{type}.cs", StringComparison.Ordinal)
            ? Regex.IsMatch(source.Text, $@"=> {name}\b")
            : Regex.IsMatch(source.Text, $@"\b{type}\.{name}\b");

    private static IEnumerable<(string Name, ErrorCode Code)> CodesOf(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.FieldType == typeof(ErrorCode))
            .Select(field => (field.Name, (ErrorCode)field.GetValue(null)!));

    [GeneratedRegex(@"\bAFF[0-9]{3}\b")]
    private static partial Regex Mention();
}

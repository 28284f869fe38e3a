using System.CommandLine;
using System.CommandLine.Parsing;
using System.Reflection;
using System.Text.RegularExpressions;

namespace AffinityDurable.Docs.Tests.Documentation;

/// <summary>Commands on pages, and those that messages of the program name, are those of the program.</summary>
public sealed partial class CommandLineTests
{
    private const string Program = "affinity-durable ";
    private const string ThroughDotnet = "dotnet run --project src/AffinityDurable.Cli -- ";

    private static readonly RootCommand Root = Load();

    public static TheoryData<string, string> Commands
    {
        get
        {
            var commands = new TheoryData<string, string>();
            foreach (var (page, arguments) in Typed().Distinct())
            {
                commands.Add(page, arguments);
            }

            return commands;
        }
    }

    [Fact]
    public void Commands_are_found_on_the_first_page()
    {
        var first = Typed().Where(typed => typed.Page == "README.md").Select(typed => typed.Arguments).ToList();

        Assert.Contains("demo", first);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Commands_on_pages_parse(string page, string arguments)
    {
        var result = Root.Parse(Words(arguments));

        Assert.True(result.Errors.Count == 0, $"{page}: '{arguments}': {string.Join(" ", result.Errors.Select(error => error.Message))}");
    }

    [Fact]
    public void Every_command_is_described_on_the_first_page()
    {
        var page = Repository.File("README.md").Text;

        Assert.All(Root.Subcommands.Where(command => !command.Hidden), command => Assert.Contains($"`{command.Name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void A_command_that_does_not_exist_would_be_found()
    {
        Assert.NotEmpty(Root.Parse(["no-such-command"]).Errors);
        Assert.NotEmpty(Root.Parse(["demo", "--no-such-option"]).Errors);
    }

    private static IEnumerable<(string Page, string Arguments)> Typed() =>
        from page in Repository.Pages.Concat(Repository.Files("src", "*.cs"))
        from line in Markdown.CommandLines(page.Text).Concat(Markdown.Code(page.Text))
        from command in Parts(line)
        let arguments = ArgumentsOf(command)
        where arguments is not null
        select (page.Path, arguments);

    /// <summary>Also what follows a pipe or another command, or begins a loop.</summary>
    private static IEnumerable<string> Parts(string line) => InALine().Split(line).Select(command => command.Trim());

    private static string? ArgumentsOf(string line)
    {
        var start = line.IndexOf(ThroughDotnet, StringComparison.Ordinal);
        return start >= 0 ? Until(line[(start + ThroughDotnet.Length)..])
            : line.StartsWith(Program, StringComparison.Ordinal) ? Until(line[Program.Length..])
            : null;
    }

    /// <summary>What follows a comment, a pipe or a redirection is the shell's.</summary>
    private static string Until(string arguments) => arguments.Split([" #", " |", " >", " 2>", " &"], StringSplitOptions.None)[0].Trim();

    /// <summary>As a shell takes them apart: what is in quotes belongs together.</summary>
    private static string[] Words(string arguments) =>
        [.. Word().Matches(arguments).Select(word => Quotes().Replace(word.Value, quoted => quoted.Value[1..^1]))];

    [GeneratedRegex(@"(?:\| |; |&& |\bdo )(?=affinity-durable )")]
    private static partial Regex InALine();

    [GeneratedRegex("""(?:'[^']*'|"[^"]*"|[^\s'"])+""")]
    private static partial Regex Word();

    [GeneratedRegex("'[^']*'|\"[^\"]*\"")]
    private static partial Regex Quotes();

    private static RootCommand Load()
    {
        const BindingFlags any = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        var program = Assembly.Load("affinity-durable");
        var globals = Activator.CreateInstance(program.GetType("AffinityDurable.Cli.Commands.GlobalOptions", throwOnError: true)!, nonPublic: true);
        var root = program.GetType("AffinityDurable.Cli.Commands.CommandLine", throwOnError: true)!.GetMethod("Root", any);
        return (RootCommand)root!.Invoke(null, [globals])!;
    }
}

using System.Text.RegularExpressions;
using AffinityDurable.Docs.Tests.Documentation;

namespace AffinityDurable.Delivery.Tests.Operations;

/// <summary>Commands that people are told to type, and those of the scripts.</summary>
internal static partial class TypedCommands
{
    private static readonly string[] Foreign = ["bin", "obj", "artifacts", "node_modules", "TestResults"];

    /// <summary>Of blocks on pages, of text in backticks that is a whole command, and of scripts.</summary>
    public static IReadOnlyList<TypedCommand> All { get; } =
    [
        .. Pages.SelectMany(page => OfPage(page).Select(command => new TypedCommand(page, command))),
        .. Repository.Paths("eng", "*.sh").SelectMany(path => ShellScript.Commands(Repository.Text(path)).Select(command => new TypedCommand(path, command))),
    ];

    public static IEnumerable<string> Pages => Repository.Paths(".", "*.md")
        .Where(path => !path.Split('/').Any(part => Foreign.Contains(part) || part.StartsWith('.')));

    public static IEnumerable<TypedCommand> Of(string program) => All.Where(typed => typed.Command.Program == program);

    private static IEnumerable<ShellCommand> OfPage(string page)
    {
        var text = Repository.Text(page);
        return Markdown.Blocks(text, "sh")
            .Concat(Markdown.Blocks(text, "console").Select(Prompted))
            .Concat(Markdown.WithoutBlocks(text).Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal) && BeginsCommand().IsMatch(line)))
            .Concat(Markdown.Code(text).Where(code => BeginsCommand().IsMatch(code)))
            .SelectMany(ShellScript.Commands);
    }

    /// <summary>Lines without a prompt are what a command prints.</summary>
    private static string Prompted(string block) =>
        string.Join('\n', block.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("$ ", StringComparison.Ordinal)).Select(line => line[2..]));

    [GeneratedRegex(@"^\s*(az|azd|api|curl|eng/pipelines/scripts/[a-z-]+\.sh) ", RegexOptions.ExplicitCapture)]
    private static partial Regex BeginsCommand();
}

/// <param name="Place">The page or script.</param>
/// <param name="Command">What is typed there.</param>
internal sealed record TypedCommand(string Place, ShellCommand Command)
{
    public override string ToString() => $"{Place}: {Command}";
}

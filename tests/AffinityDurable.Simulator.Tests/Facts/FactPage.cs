using System.Reflection;
using System.Text.RegularExpressions;

namespace AffinityDurable.Simulator.Tests.Facts;

/// <summary>docs/simulator.md, its rows of facts taken apart.</summary>
internal sealed partial class FactPage
{
    private static readonly string Root = typeof(FactPage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "Repository").Value!;

    private static readonly string PagePath = Path.Combine(Root, "docs", "simulator.md");

    private readonly string[] _lines;

    public FactPage(string text)
    {
        _lines = text.Split('\n');
        Facts = [.. _lines.Select(Read).OfType<KnownFact>()];
    }

    public IReadOnlyList<KnownFact> Facts { get; }

    public static string ReadText() => File.ReadAllText(PagePath);

    public static FactPage Load() => new(ReadText());

    /// <summary>The C# files of a folder, by its path from the root.</summary>
    public static IEnumerable<string> ReadSources(string folder) => Directory.GetFiles(Path.Combine(Root, folder), "*.cs").Select(File.ReadAllText);

    public static void Save(string text) => File.WriteAllText(PagePath, text);

    /// <summary>The page with the last column as the tests have it.</summary>
    public string With(Func<KnownFact, string> proof) => string.Join('\n', _lines.Select(line =>
        Read(line) is { } fact ? Row(fact.Id, fact.Text, fact.Served, proof(fact)) : line));

    private static KnownFact? Read(string line)
    {
        if (!RowOfFact().IsMatch(line))
        {
            return null;
        }

        string[] cells = [.. Bar().Split(line)[1..^1].Select(cell => cell.Trim())];
        return cells.Length == 4
            ? new KnownFact(cells[0], cells[1], cells[2], cells[3])
            : throw new InvalidDataException($"A row of a fact has four cells: {line}");
    }

    private static string Row(params string[] cells) => $"|{string.Concat(cells.Select(cell => cell.Length == 0 ? " |" : $" {cell} |"))}";

    [GeneratedRegex(@"^\| [A-Z]+-[0-9]+ \|")]
    private static partial Regex RowOfFact();

    /// <summary>A bar that is not escaped.</summary>
    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();
}

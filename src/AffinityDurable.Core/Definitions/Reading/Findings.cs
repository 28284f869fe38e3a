using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions.Reading;

/// <summary>Gathers everything that is wrong with one definition.</summary>
public sealed class Findings(string file)
{
    private readonly List<Problem> problems = [];

    /// <summary>Sorted by line; those without one first.</summary>
    public IReadOnlyList<Problem> Problems => [.. problems.OrderBy(problem => problem.Line ?? 0)];

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsEmpty => problems.Count == 0;

    /// <summary>Keys that the reader asked for, by section: what the definition reference and the schema must know.</summary>
    internal Dictionary<string, SortedSet<string>> Asked { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a problem.</summary>
    public void Add(ErrorCode code, string message, int? line, string? cure = null) =>
        problems.Add(Problem.Of(code, message, cure, file, line));

    /// <summary>A syntax error of the YAML reader, which may have noticed it some lines late or early.</summary>
    internal void AddSyntax(string yaml, string message, int line)
    {
        line = Math.Max(1, line);
        if (LineIndentedByTab(yaml, line) is { } tab)
        {
            Add(DefinitionErrors.Syntax, "The line is indented with a tab.", tab, "YAML indents with spaces only.");
            return;
        }

        Add(DefinitionErrors.Syntax, message, line);
    }

    private static int? LineIndentedByTab(string yaml, int from)
    {
        var number = 0;
        foreach (var line in yaml.AsSpan().EnumerateLines())
        {
            number++;
            if (number >= from && line[..^line.TrimStart(" \t").Length].Contains('\t'))
            {
                return number;
            }
        }

        return null;
    }
}

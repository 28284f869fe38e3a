using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Errors;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AffinityDurable.Core.Definitions.Yaml;

/// <summary>Reads the one document of a definition into nodes: no aliases, no tags, bounded in size and depth.</summary>
internal sealed class YamlTree
{
    /// <summary>In characters.</summary>
    public const int MaxLength = 1024 * 1024;

    private const int MaxDepth = 20;

    private readonly Scanner scanner;
    private readonly Parser parser;
    private readonly Findings findings;

    private YamlTree(string yaml, Findings findings)
    {
        scanner = new Scanner(new StringReader(yaml));
        parser = new Parser(scanner);
        this.findings = findings;
    }

    /// <summary>The root node; null when there is none or the text cannot be read, with findings.</summary>
    public static YamlNode? Parse(string yaml, Findings findings)
    {
        if (yaml.Length > MaxLength)
        {
            findings.Add(DefinitionErrors.TooLarge, "The definition has more than 1 MB.", line: null);
            return null;
        }

        var tree = new YamlTree(yaml.TrimStart('\uFEFF'), findings);
        try
        {
            return tree.Document();
        }
        catch (YamlException invalid)
        {
            findings.AddSyntax(yaml, $"{invalid.Message} (column {invalid.Start.Column})", (int)invalid.Start.Line);
            return null;
        }
        catch (Exception invalid) when (invalid is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // YamlDotNet's scanner fails like this on some broken flow lists, for instance "[77" before a key.
            findings.AddSyntax(yaml, "The line, or a bracket or quote opened before it, is not closed.", (int)tree.scanner.CurrentPosition.Line);
            return null;
        }
        catch (TooDeepException tooDeep)
        {
            findings.Add(DefinitionErrors.TooLarge, $"The definition is nested deeper than {MaxDepth} levels.", tooDeep.Line);
            return null;
        }
    }

    private YamlNode? Document()
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            return null;
        }

        var root = Node(depth: 1);
        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out var second))
        {
            findings.Add(DefinitionErrors.NotAllowed, "The file holds more than one YAML document.", LineOf(second), "Put each sync into a file of its own.");
        }

        return root;
    }

    private YamlNode Node(int depth)
    {
        var line = LineOf(parser.Current!);
        if (depth > MaxDepth)
        {
            throw new TooDeepException(line);
        }

        RefuseTag(line);
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return new YamlText(scalar.Value, scalar.Style == ScalarStyle.Plain, line);
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            return new YamlList(Items(depth), line);
        }

        if (parser.TryConsume<MappingStart>(out _))
        {
            return new YamlMap(Entries(depth), line);
        }

        parser.Consume<AnchorAlias>();
        findings.Add(DefinitionErrors.NotAllowed, "An alias (*name) is used.", line, "Write the value out.");
        return new YamlUnusable(line);
    }

    private List<YamlNode> Items(int depth)
    {
        var items = new List<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(depth + 1));
        }

        return items;
    }

    private List<YamlEntry> Entries(int depth)
    {
        var entries = new List<YamlEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = Node(depth + 1);
            var value = Node(depth + 1);
            if (key is YamlText text)
            {
                entries.Add(new YamlEntry(text.Value, value, key.Line));
            }
            else if (key is not YamlUnusable)
            {
                findings.Add(DefinitionErrors.WrongType, "A key is a list or a mapping; keys are texts.", key.Line);
            }
        }

        return entries;
    }

    private void RefuseTag(int line)
    {
        if (parser.Current is NodeEvent { Tag.IsEmpty: false })
        {
            findings.Add(DefinitionErrors.NotAllowed, "A tag (!name) is used.", line, "Remove the tag; quotes make a text of a number.");
        }
    }

    private static int LineOf(ParsingEvent current) => (int)current.Start.Line;

    private sealed class TooDeepException(int line) : Exception
    {
        public int Line { get; } = line;
    }
}

/// <summary>A node that was refused already; nothing more is said about it.</summary>
public sealed record YamlUnusable(int Line) : YamlNode(Line);

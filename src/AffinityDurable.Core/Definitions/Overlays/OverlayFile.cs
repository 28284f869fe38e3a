using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Definitions.Yaml;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions.Overlays;

/// <summary>What an environment changes in definitions: a section for each sync that differs.</summary>
public sealed class OverlayFile
{
    private readonly YamlMap? root;

    private OverlayFile(string name, string etag, YamlMap? root, IReadOnlyList<Problem> problems) =>
        (Name, ETag, this.root, Problems) = (name, etag, root, problems);

    /// <summary>Name of the file, with its folder.</summary>
    public string Name { get; }

    /// <summary>Changes whenever the text changes.</summary>
    public string ETag { get; }

    /// <summary>Why no sync can be resolved for the environment; none when the file can be read.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>Reads the file; what is wrong with single sections is said where they are applied.</summary>
    public static OverlayFile Parse(string yaml, string name, string etag)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        var findings = new Findings(name);
        var node = YamlTree.Parse(yaml, findings);
        if (node is not null and not YamlMap and not YamlText { IsNull: true })
        {
            findings.Add(DefinitionErrors.WrongType, "The file is no mapping.", node.Line, "Give the name of a sync, and below it what differs for it in this environment.");
        }

        return new OverlayFile(name, etag, findings.IsEmpty ? node as YamlMap : null, findings.Problems);
    }

    /// <summary>In place of a file that is not there or cannot be used.</summary>
    public static OverlayFile Unusable(string name, Problem problem) => new(name, "", null, [problem]);

    /// <summary>Whether it says something about a sync.</summary>
    public bool Has(string sync) => SectionsOf(sync).Any();

    /// <summary>Sections for syncs that are not there.</summary>
    public IEnumerable<Problem> UnknownSyncs(IReadOnlyCollection<string> syncs) =>
        from entry in root?.Entries ?? []
        where !syncs.Contains(entry.Key)
        select Problem.Of(OverlayErrors.UnknownSync, $"There is no sync '{entry.Key}'.{Nearest.DidYouMean(entry.Key, syncs)}", file: Name, line: entry.Line);

    /// <summary>The definition of a sync as this environment has it.</summary>
    /// <param name="sync">The sync.</param>
    /// <param name="definition">As it is written.</param>
    /// <param name="problems">Takes what is wrong with the section.</param>
    internal YamlMap ApplyTo(string sync, YamlMap definition, List<Problem> problems)
    {
        var findings = new Findings(Name);
        var result = SectionsOf(sync).Aggregate(definition, (map, section) => OverlaySection.Apply(sync, section, map, findings));
        if (SectionsOf(sync).Skip(1).FirstOrDefault() is { } again)
        {
            findings.Add(DefinitionErrors.DuplicateKey, $"'{sync}' is given twice.", again.Line);
        }

        problems.AddRange(findings.Problems);
        return result;
    }

    private IEnumerable<YamlEntry> SectionsOf(string sync) => root?.Entries.Where(entry => entry.Key == sync) ?? [];
}

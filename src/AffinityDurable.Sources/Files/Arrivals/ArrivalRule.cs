using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Sources.Files.Stores;

namespace AffinityDurable.Sources.Files.Arrivals;

/// <summary>Which files start a run of a source with <c>onArrival: true</c>: its data, or the marker or manifest that says that the data is complete.</summary>
public sealed class ArrivalRule
{
    private readonly FilePattern pattern;
    private readonly string root;

    private ArrivalRule(FileSettings settings, string baseDirectory)
    {
        Settings = settings;
        var remote = RemotePath.Parse(settings.Path);
        (Scheme, Container) = remote is null ? (ArrivedFile.Local, "") : (remote.Scheme, remote.Container);
        pattern = TriggerOf(settings, new FilePattern(remote?.Path ?? settings.Path));
        root = remote is null ? Path.GetFullPath(Path.Combine(baseDirectory, pattern.Folder)) : "";
    }

    /// <summary>The kind of storage; see <see cref="ArrivedFile"/>.</summary>
    public string Scheme { get; }

    /// <summary>Container or bucket; empty for this machine.</summary>
    public string Container { get; }

    /// <summary>The path as the definition gives it.</summary>
    public string Place => Settings.Path;

    internal FileSettings Settings { get; }

    /// <summary>The rule of a source; null for one that is not started by files.</summary>
    /// <param name="source">The source.</param>
    /// <param name="baseDirectory">Folder of the definition.</param>
    public static ArrivalRule? Of(SourceDefinition source, string baseDirectory)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Settings.Entries.All(entry => entry.Key != FileKeys.OnArrival))
        {
            return null;
        }

        var settings = FileKeys.Read(new MapReader(source.Settings, "source", new Findings("")));
        return settings.OnArrival ? new ArrivalRule(settings, baseDirectory) : null;
    }

    /// <summary>Whether a file starts a run.</summary>
    public bool Matches(ArrivedFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Scheme == Scheme && file.Container == Container && (Scheme == ArrivedFile.Local ? MatchesLocal(file.Path) : pattern.Matches(file.Path));
    }

    /// <summary>The pattern of what starts a run, in the store of the source.</summary>
    internal FilePattern Trigger => pattern;

    private bool MatchesLocal(string path)
    {
        var full = Path.GetFullPath(path);
        var below = root.EndsWith(Path.DirectorySeparatorChar) ? root : root + Path.DirectorySeparatorChar;
        return full.StartsWith(below, StringComparison.Ordinal)
            && pattern.Matches(pattern.Folder + full[below.Length..].Replace(Path.DirectorySeparatorChar, '/'));
    }

    /// <summary>With a marker or a manifest the data alone starts nothing. They lie where the definition's read looks for them.</summary>
    private static FilePattern TriggerOf(FileSettings settings, FilePattern data) => (settings.Marker ?? settings.Manifest) is not { } last ? data
        : settings.Pick == FilePick.Newest ? new FilePattern(data.Path[..(data.Path.LastIndexOf('/') + 1)] + last)
        : new FilePattern(data.Folder + last);
}

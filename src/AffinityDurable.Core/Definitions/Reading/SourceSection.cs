using AffinityDurable.Core.Definitions.Yaml;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Core.Definitions.Reading;

/// <summary><c>source</c>: keys that all types share, and those of its type.</summary>
internal static class SourceSection
{
    public static SourceDefinition Read(MapReader root, SourceTypes types)
    {
        var empty = new SourceDefinition { Type = "" };
        if (root.Map("source", required: true, kind: KindOf) is not { } source)
        {
            return empty;
        }

        var type = Type(source, types);
        var delivers = source.WordIfGiven<Delivery>("delivers");
        if (type is null)
        {
            return empty;
        }

        var traits = type.Check(source);
        source.Close();
        return empty with
        {
            Type = type.Name,
            Settings = source.Written,
            Place = traits.Place,
            IsRemote = traits.IsRemote,
            Delivers = delivers ?? traits.Delivers,
        };
    }

    private static ISourceType? Type(MapReader source, SourceTypes types)
    {
        if (source.Text("type", required: true) is not { } text)
        {
            return null;
        }

        if (types.Find(text.Value) is not { } type)
        {
            source.ReportUnknownWord("type", text, types.Names);
            return null;
        }

        return type;
    }

    /// <summary>Each type has keys of its own.</summary>
    private static string KindOf(YamlMap source) =>
        source.Entries.FirstOrDefault(entry => entry.Key == "type")?.Value is YamlText type ? $"source.{type.Value}" : "source";
}

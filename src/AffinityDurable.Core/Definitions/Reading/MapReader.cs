using System.Globalization;
using AffinityDurable.Core.Definitions.Yaml;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions.Reading;

/// <summary>Reads the keys of one mapping; whatever is wrong becomes a finding and the default, so that reading goes on.</summary>
public sealed class MapReader
{
    private readonly YamlMap map;
    private readonly string section;
    private readonly Findings findings;
    private readonly SortedSet<string> asked;

    /// <param name="map">The mapping.</param>
    /// <param name="section">Its path in the definition, for messages; empty for the root.</param>
    /// <param name="findings">Takes what is wrong.</param>
    /// <param name="kind">Where many mappings of one kind exist, their common path in the schema; else null.</param>
    public MapReader(YamlMap map, string section, Findings findings, string? kind = null)
    {
        (this.map, this.section, this.findings) = (map, section, findings);
        kind ??= section;
        asked = findings.Asked.TryGetValue(kind, out var known) ? known : findings.Asked[kind] = new SortedSet<string>(StringComparer.Ordinal);
        ReportDuplicates();
    }

    /// <summary>Takes what is wrong.</summary>
    public Findings Findings => findings;

    /// <summary>The mapping as it was written.</summary>
    public YamlMap Written => map;

    /// <summary>Line of the mapping.</summary>
    public int Line => map.Line;

    /// <summary>The value of a key; null when it is not there, with a finding if it is required or has no value.</summary>
    public YamlNode? Node(string key, bool required = false)
    {
        asked.Add(key);
        var entry = map.Entries.FirstOrDefault(entry => entry.Key == key);
        if (entry is null)
        {
            if (required)
            {
                findings.Add(DefinitionErrors.MissingKey, $"'{Path(key)}' is missing.", map.Line, $"Add '{key}:'{(section.Length == 0 ? "" : $" under '{section}'")}.");
            }

            return null;
        }

        if (entry.Value is YamlText { IsNull: true })
        {
            findings.Add(DefinitionErrors.WrongType, $"'{Path(key)}' has no value.", entry.Line, "Give a value, or remove the key.");
            return null;
        }

        return entry.Value is YamlUnusable ? null : entry.Value;
    }

    /// <summary>A mapping; null when it is not there or is none.</summary>
    /// <param name="key">The key.</param>
    /// <param name="required">Whether it has to be there.</param>
    /// <param name="kind">Its path in the schema, where that depends on what it holds.</param>
    public MapReader? Map(string key, bool required = false, Func<YamlMap, string>? kind = null) => Node(key, required) switch
    {
        null => null,
        YamlMap inner => new MapReader(inner, Path(key), findings, kind?.Invoke(inner)),
        var other => Wrong<MapReader>(key, other, "keys and values below it"),
    };

    /// <summary>A text; numbers are texts too, booleans are not: they are more likely a slip.</summary>
    public YamlText? Text(string key, bool required = false) => Node(key, required) switch
    {
        null => null,
        YamlText { IsBoolean: false } text => text,
        var other => Wrong<YamlText>(key, other, "a text"),
    };

    /// <summary>True or false.</summary>
    public bool Flag(string key, bool otherwise) => Node(key) switch
    {
        null => otherwise,
        YamlText { IsPlain: true, Value: "true" or "false" } text => text.Value == "true",
        var other => Wrong(key, other, "true or false", otherwise),
    };

    /// <summary>A whole number within bounds.</summary>
    public int Integer(string key, int otherwise, int min, int max) => Node(key) switch
    {
        null => otherwise,
        YamlText { IsPlain: true } text when long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
            InRange(key, number, min, max, text.Line) ? (int)number : otherwise,
        var other => Wrong(key, other, "a whole number without quotes", otherwise),
    };

    /// <summary>A number within bounds.</summary>
    public double Number(string key, double otherwise, double min, double max) => Node(key) switch
    {
        null => otherwise,
        YamlText { IsPlain: true } text when double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
            InRange(key, number, min, max, text.Line) ? number : otherwise,
        var other => Wrong(key, other, "a number without quotes", otherwise),
    };

    /// <summary>A number; null when the key is not there.</summary>
    public double? NumberIfGiven(string key, double min, double max) =>
        Number(key, double.NaN, min, max) is var number && double.IsNaN(number) ? null : number;

    /// <summary>A duration; null when the key is not there.</summary>
    public TimeSpan? DurationIfGiven(string key, TimeSpan min, TimeSpan max) =>
        Duration(key, TimeSpan.MinValue, min, max) is var duration && duration == TimeSpan.MinValue ? null : duration;

    /// <summary>A duration such as <c>15m</c> within bounds.</summary>
    public TimeSpan Duration(string key, TimeSpan otherwise, TimeSpan min, TimeSpan max)
    {
        if (Node(key) is not { } node)
        {
            return otherwise;
        }

        if (node is not YamlText text || !Durations.TryParse(text.Value, out var duration))
        {
            return Wrong(key, node, "a duration such as 30s, 15m, 2h or 1h30m", otherwise);
        }

        if (duration >= min && duration <= max)
        {
            return duration;
        }

        findings.Add(DefinitionErrors.OutOfRange, $"'{Path(key)}' is {text.Value}.", text.Line, $"Give a duration from {Durations.Format(min)} to {Durations.Format(max)}.");
        return otherwise;
    }

    /// <summary>One of the words of an enum, as the schema spells them.</summary>
    public T Word<T>(string key, T otherwise)
        where T : struct, Enum => WordIfGiven<T>(key) ?? otherwise;

    /// <summary>One of the words of an enum; null when the key is not there.</summary>
    public T? WordIfGiven<T>(string key)
        where T : struct, Enum
    {
        if (Node(key) is not { } node)
        {
            return null;
        }

        if (node is not YamlText text)
        {
            return Wrong(key, node, string.Join(" or ", Words.Of<T>()), (T?)null);
        }

        if (Words.TryParse<T>(text.Value, out var value))
        {
            return value;
        }

        ReportUnknownWord(key, text, Words.Of<T>());
        return null;
    }

    /// <summary>An IANA time zone.</summary>
    public string TimeZone(string key, string otherwise)
    {
        if (Text(key) is not { } text)
        {
            return otherwise;
        }

        if (TimeZones.Problem(text.Value) is not { } cure)
        {
            return text.Value;
        }

        findings.Add(DefinitionErrors.UnknownTimeZone, $"'{Path(key)}' is '{text.Value}', which is no IANA time zone.", text.Line, cure);
        return otherwise;
    }

    /// <summary>A finding about a word that the key does not know.</summary>
    public void ReportUnknownWord(string key, YamlText text, IReadOnlyList<string> known) => findings.Add(
        DefinitionErrors.UnknownWord,
        $"'{Path(key)}' is '{text.Value}'.{Nearest.DidYouMean(text.Value, known)}",
        text.Line,
        $"Known: {string.Join(", ", known)}.");

    /// <summary>A finding about a value.</summary>
    public void Report(ErrorCode code, string message, YamlNode node, string? cure = null) => findings.Add(code, message, node.Line, cure);

    /// <summary>Reports the keys that nobody asked for. Call it last.</summary>
    public void Close()
    {
        foreach (var entry in map.Entries.Where(entry => !asked.Contains(entry.Key) && !SecretScan.IsSecretKey(entry.Key)))
        {
            findings.Add(
                DefinitionErrors.UnknownKey,
                $"'{Path(entry.Key)}' is not a key.{Nearest.DidYouMean(entry.Key, asked)}",
                entry.Line,
                $"Known{(section.Length == 0 ? "" : $" in '{section}'")}: {string.Join(", ", asked)}.");
        }
    }

    /// <summary>A key with the section before it, as messages name it.</summary>
    public string Path(string key) => section.Length == 0 ? key : $"{section}.{key}";

    private bool InRange(string key, double number, double min, double max, int line)
    {
        if (number >= min && number <= max)
        {
            return true;
        }

        findings.Add(
            DefinitionErrors.OutOfRange,
            string.Create(CultureInfo.InvariantCulture, $"'{Path(key)}' is {number}."),
            line,
            string.Create(CultureInfo.InvariantCulture, $"Give a number from {min} to {max}."));
        return false;
    }

    private T? Wrong<T>(string key, YamlNode found, string expected)
        where T : class => Wrong(key, found, expected, (T?)null);

    private T Wrong<T>(string key, YamlNode found, string expected, T otherwise)
    {
        var what = found switch
        {
            YamlMap => "a mapping",
            YamlList => "a list",
            YamlText { IsPlain: false } => "a text in quotes",
            YamlText text => $"'{text.Value}'",
            _ => "something else",
        };
        findings.Add(DefinitionErrors.WrongType, $"'{Path(key)}' is {what}.", found.Line, $"It must be {expected}.");
        return otherwise;
    }

    private void ReportDuplicates()
    {
        foreach (var again in map.Entries.GroupBy(entry => entry.Key, StringComparer.Ordinal).SelectMany(same => same.Skip(1).Select(entry => (entry, First: same.First().Line))))
        {
            findings.Add(DefinitionErrors.DuplicateKey, $"'{Path(again.entry.Key)}' is given twice, first in line {again.First}.", again.entry.Line);
        }
    }
}

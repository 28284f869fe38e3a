using System.Globalization;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Explaining;

/// <summary>How values, times and scopes read in a sentence.</summary>
internal static class Wording
{
    private const int MostNamed = 5;

    public static string Quote(string? text) => string.IsNullOrEmpty(text) ? "nothing" : $"'{text}'";

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>the entries 9001, 9002</c>.</summary>
    public static string Scope(RunRequest request) =>
        request.Entries is { } entries ? $"the entries {Some(entries)}" : $"the domains {Some(request.Domains ?? [])}";

    /// <summary>Such as <c>by domain in website, then by companyId in id</c>.</summary>
    public static string Rules(SyncDefinition definition) =>
        string.Join("; ", definition.Sources.Select(source => (definition.Sources.Count > 1 ? $"those of '{source.Name}' " : "") + Rules(definition, source)));

    private static string Rules(SyncDefinition definition, SourceDefinition source) =>
        string.Join(", then ", definition.MatchOf(source).Select((_, at) => $"by {ChangeRules.Match(definition, source, at)}"));

    public static string Domains(EntrySnapshot entry) => entry.Domains.Count == 0 ? "It has no domain." : $"Its domains are {Some(entry.Domains)}.";

    /// <summary>A text as a sentence of its own.</summary>
    public static string Full(string text) => text.Length == 0 || text[^1] is '.' or '!' or '?' ? text : text + ".";

    private static string Some<T>(IReadOnlyList<T> items) =>
        string.Join(", ", items.Take(MostNamed)) + (items.Count > MostNamed ? $" and {Number(items.Count - MostNamed)} more" : "");
}

using System.Globalization;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Core.Matching;

/// <summary>
/// Finds the one entry a row speaks about. The rules are tried in their order:
/// a blank key or one that names no entry leads to the next rule;
/// a key that names several entries rejects the row, whatever later rules would say;
/// a key that cannot be one (an id that is no number, a malformed domain) is passed over when a later rule finds exactly one entry,
/// else it rejects the row. A row without any hit is unmatched, which is normal (merged or removed companies are).
/// </summary>
public sealed class RowMatcher
{
    private readonly (MatchKey By, int Column)[] _rules;

    /// <exception cref="ProblemException">A column of the rules is not in the source (AFF301).</exception>
    public RowMatcher(IReadOnlyList<MatchRule> rules, IReadOnlyList<string> columns, EntryIndex index)
        : this(rules, columns, [], index)
    {
    }

    /// <param name="rules">In the order they are tried.</param>
    /// <param name="columns">Columns of the source.</param>
    /// <param name="mappedColumns">Checked with those of the rules, so that all that is missing is said at once.</param>
    /// <param name="index">The list.</param>
    /// <exception cref="ProblemException">Columns are not in the source (AFF301).</exception>
    public RowMatcher(IReadOnlyList<MatchRule> rules, IReadOnlyList<string> columns, IEnumerable<string> mappedColumns, EntryIndex index)
    {
        if (SourceColumns.Missing(columns, rules, mappedColumns) is { Count: > 0 } missing)
        {
            throw new ProblemException(missing);
        }

        Index = index;
        _rules = [.. rules.Select(rule => (rule.By, SourceColumns.IndexOf(columns, rule.Column)))];
    }

    public EntryIndex Index { get; }

    public MatchResult Match(ISourceRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        MatchRejection? unusable = null;
        for (var rule = 0; rule < _rules.Length; rule++)
        {
            var (by, column) = _rules[rule];
            if (row.Text(column) is not { } key)
            {
                continue;
            }

            if (!TryFind(by, key, out var hits))
            {
                unusable ??= Unusable(by, key);
            }
            else if (hits.Count == 1)
            {
                return MatchResult.Matched(hits[0], rule);
            }
            else if (hits.Count > 1)
            {
                return MatchResult.Rejected(Ambiguous(by, key, hits));
            }
        }

        return unusable is null ? MatchResult.Unmatched : MatchResult.Rejected(unusable);
    }

    /// <summary>The first key that a row has; null when it has none.</summary>
    public string? KeyOf(ISourceRow row) => _rules.Select(rule => row.Text(rule.Column)).FirstOrDefault(key => key is not null);

    private bool TryFind(MatchKey by, string key, out EntryHits hits)
    {
        hits = default;
        if (by == MatchKey.Domain)
        {
            var usable = DomainKey.TryNormalize(key, out var host);
            hits = usable ? Index.ByDomain(host) : default;
            return usable;
        }

        if (!long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return false;
        }

        hits = by == MatchKey.EntryId ? Index.ByEntryId(id) : Index.ByEntityId(id);
        return true;
    }

    private static MatchRejection Unusable(MatchKey by, string key) => new(
        MatchErrors.UnusableKey.Id,
        by == MatchKey.Domain ? $"'{key}' is not a domain." : $"'{key}' is not an id: {KeyNames.Of(by)} takes digits only.",
        MatchErrors.UnusableKey.Cure,
        key);

    private MatchRejection Ambiguous(MatchKey by, string key, EntryHits hits) => new(
        MatchErrors.Ambiguous.Id,
        $"{KeyNames.Of(by)} '{key}' belongs to {hits.Count} entries: {Named(hits)}.",
        MatchErrors.Ambiguous.Cure,
        key);

    private string Named(EntryHits hits)
    {
        const int Shown = 5;
        var named = Enumerable.Range(0, Math.Min(hits.Count, Shown)).Select(at => Named(hits[at]));
        return string.Join(", ", named) + (hits.Count > Shown ? $" and {hits.Count - Shown} more" : "");
    }

    private string Named(int ordinal) => Index.Name(ordinal) is { } name ? $"{Index.EntryId(ordinal)} ({name})" : $"{Index.EntryId(ordinal)}";
}

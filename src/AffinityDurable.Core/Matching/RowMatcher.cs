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
    private readonly Rule[] _rules;

    /// <exception cref="ProblemException">A column of the rules is not in the source (AFF301).</exception>
    public RowMatcher(IReadOnlyList<MatchRule> rules, IReadOnlyList<string> columns, EntryIndex index)
        : this(rules, columns, [], index)
    {
    }

    /// <param name="rules">In the order they are tried.</param>
    /// <param name="columns">Columns of the source.</param>
    /// <param name="mappedColumns">Checked with those of the rules, so that all that is missing is said at once.</param>
    /// <param name="index">The list.</param>
    /// <param name="keys">The keys of the rules that match by a field.</param>
    /// <exception cref="ProblemException">Columns are not in the source (AFF301).</exception>
    public RowMatcher(IReadOnlyList<MatchRule> rules, IReadOnlyList<string> columns, IEnumerable<string> mappedColumns, EntryIndex index, IReadOnlyList<FieldKey>? keys = null)
    {
        if (SourceColumns.Missing(columns, rules, mappedColumns) is { Count: > 0 } missing)
        {
            throw new ProblemException(missing);
        }

        Index = index;
        _rules = [.. rules.Select(rule => new Rule(rule, SourceColumns.IndexOf(columns, rule.Column), (keys ?? []).Index().FirstOrDefault(key => key.Item.Rule == rule)))];
    }

    public EntryIndex Index { get; }

    public MatchResult Match(ISourceRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        MatchRejection? unusable = null;
        for (var rule = 0; rule < _rules.Length; rule++)
        {
            var by = _rules[rule];
            if (row.Text(by.Column) is not { } key)
            {
                continue;
            }

            if (!TryFind(by, key, out var hits))
            {
                unusable ??= Unusable(by.Written, key);
            }
            else if (hits.Count == 1)
            {
                return MatchResult.Matched(hits[0], rule);
            }
            else if (hits.Count > 1)
            {
                return MatchResult.Rejected(Ambiguous(by.Written, key, hits));
            }
        }

        return unusable is null ? MatchResult.Unmatched : MatchResult.Rejected(unusable);
    }

    /// <summary>The first key that a row has; null when it has none.</summary>
    public string? KeyOf(ISourceRow row) => _rules.Select(rule => row.Text(rule.Column)).FirstOrDefault(key => key is not null);

    private bool TryFind(Rule rule, string key, out EntryHits hits) => rule.Written.By switch
    {
        MatchKey.Domain => TryFindDomain(rule, key, out hits),
        MatchKey.Email => TryFindEmail(key, out hits),
        MatchKey.Field => TryFindField(rule, key, out hits),
        _ => TryFindId(rule, key, out hits),
    };

    private bool TryFindDomain(Rule rule, string key, out EntryHits hits)
    {
        hits = default;
        if (!DomainKey.TryNormalize(key, out var host))
        {
            return false;
        }

        do
        {
            hits = Index.ByDomain(host);
            host = rule.Written.ParentDomain ? DomainParents.Above(host) : default;
        }
        while (hits.Count == 0 && !host.IsEmpty);
        return true;
    }

    private bool TryFindEmail(string key, out EntryHits hits)
    {
        var address = EmailKey.Normalize(key);
        hits = address is null ? default : Index.ByEmail(address);
        return address is not null;
    }

    private bool TryFindField(Rule rule, string key, out EntryHits hits)
    {
        var (position, field) = rule.Key;
        var text = field.Of(key);
        hits = text is null ? default : Index.ByField(position, text);
        while (hits.Count == 0 && text is not null && rule.Written is { Through: CompanyKey.Domain, ParentDomain: true } && DomainParents.Above(text) is { IsEmpty: false } above)
        {
            text = above.ToString();
            hits = Index.ByField(position, text);
        }

        return text is not null;
    }

    private bool TryFindId(Rule rule, string key, out EntryHits hits)
    {
        hits = default;
        if (!long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return false;
        }

        hits = rule.Written.By == MatchKey.EntryId ? Index.ByEntryId(id) : Index.ByEntityId(id);
        return true;
    }

    private static MatchRejection Unusable(MatchRule rule, string key) => new(
        MatchErrors.UnusableKey.Id,
        rule switch
        {
            { By: MatchKey.Domain } or { Through: CompanyKey.Domain } => $"'{key}' is not a domain.",
            { By: MatchKey.Email } => $"'{key}' is not an e-mail address.",
            { By: MatchKey.Field } => $"'{key}' cannot be a value of {KeyNames.Of(rule)}.",
            _ => $"'{key}' is not an id: {KeyNames.Of(rule)} takes digits only.",
        },
        MatchErrors.UnusableKey.Cure,
        key);

    private MatchRejection Ambiguous(MatchRule rule, string key, EntryHits hits) => new(
        MatchErrors.Ambiguous.Id,
        $"{KeyNames.Of(rule)} '{key}' belongs to {hits.Count} entries: {Named(hits)}.",
        MatchErrors.Ambiguous.Cure,
        key);

    private string Named(EntryHits hits)
    {
        const int Shown = 5;
        var named = Enumerable.Range(0, Math.Min(hits.Count, Shown)).Select(at => Named(hits[at]));
        return string.Join(", ", named) + (hits.Count > Shown ? $" and {hits.Count - Shown} more" : "");
    }

    private string Named(int ordinal) => Index.Name(ordinal) is { } name ? $"{Index.EntryId(ordinal)} ({name})" : $"{Index.EntryId(ordinal)}";

    /// <summary>A rule, where its column is and, when it matches by a field, the key of that.</summary>
    private sealed record Rule(MatchRule Written, int Column, (int Position, FieldKey Field) Key);
}

namespace AffinityDurable.Delivery.Tests.Monitoring;

/// <summary>Holds a query against the telemetry that the app was seen to export.</summary>
internal static class QueryRules
{
    /// <summary>Columns that Azure Monitor fills itself where the exporter leaves them out.</summary>
    private static readonly string[] AlwaysFilled = ["ItemCount", "Max", "Min", "Properties"];

    private static readonly string[] Equalities = ["==", "=~", "!=", "in", "in~", "!in"];

    /// <summary>Everything in a query that no row could answer.</summary>
    public static IEnumerable<string> Problems(ReadQuery query) =>
    [
        .. query.Diagnostics,
        .. query.Comparisons.Where(IsOfNames).SelectMany(UnknownNames),
        .. query.Columns.Distinct().Where(used => !IsFilled(query, used)).Select(used => $"{used.Table}.{used.Column} is filled by nothing that the query is about."),
        .. query.Properties.Distinct().Where(used => !IsTold(query, used)).Select(used => $"{used.Table} has no property '{used.Property}' in anything that the query is about."),
        .. query.Comparisons.Where(comparison => !IsOfNames(comparison) && Equalities.Contains(comparison.Operator)).SelectMany(comparison => UnknownValues(query, comparison)),
        .. query.Comparisons.Where(comparison => comparison.Operator == "startswith").SelectMany(comparison => UnknownStarts(query, comparison)),
    ];

    private static bool IsOfNames(Comparison comparison) =>
        Equalities.Contains(comparison.Operator) && (comparison.Table == "AppTraces" ? comparison.Property == "EventId" : comparison.Column == "Name");

    private static IEnumerable<string> UnknownNames(Comparison comparison) =>
        comparison.Values.Where(name => !ExportedTelemetry.Tables[comparison.Table].ContainsKey(name)).Select(name => $"{comparison.Table} has nothing with the name or event '{name}'.");

    private static bool IsFilled(ReadQuery query, Subject used) =>
        AlwaysFilled.Contains(used.Column) || Kinds(query, used.Table).Any(kind => kind.Columns.ContainsKey(used.Column!));

    private static bool IsTold(ReadQuery query, Subject used) => Kinds(query, used.Table).Any(kind => kind.Properties.ContainsKey(used.Property!));

    private static IEnumerable<string> UnknownValues(ReadQuery query, Comparison comparison)
    {
        var known = Values(query, comparison).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return known.Count == 0 ? [] : comparison.Values.Where(value => !known.Contains(value)).Select(value => $"{comparison.Column ?? comparison.Property} is never '{value}'.");
    }

    private static IEnumerable<string> UnknownStarts(ReadQuery query, Comparison comparison) =>
        comparison.Values.Where(start => !Values(query, comparison).Any(value => value.StartsWith(start, StringComparison.OrdinalIgnoreCase)))
            .Select(start => $"{comparison.Column ?? comparison.Property} never starts with '{start}'.");

    private static IEnumerable<string> Values(ReadQuery query, Comparison comparison) => Kinds(query, comparison.Table)
        .SelectMany(kind => (comparison.Column is { } column ? kind.Columns.GetValueOrDefault(column) : kind.Properties.GetValueOrDefault(comparison.Property!)) ?? []);

    /// <summary>What a query is about: the metrics, events or spans that it names, or all of the table.</summary>
    private static IEnumerable<ExportedKind> Kinds(ReadQuery query, string table)
    {
        var named = query.Comparisons.Where(comparison => comparison.Table == table && IsOfNames(comparison)).SelectMany(comparison => comparison.Values).ToHashSet();

        // A query that joins a table with itself asks both for what it names and for others.
        return ExportedTelemetry.Tables[table].Where(kind => named.Count == 0 || query.Joins || named.Contains(kind.Key)).Select(kind => kind.Value);
    }
}

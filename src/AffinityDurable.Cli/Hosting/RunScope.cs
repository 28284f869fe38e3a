using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Cli.Hosting;

/// <summary>What a run was asked for: compared, in words, and as a command.</summary>
internal static class RunScope
{
    private const int MostNamed = 10;

    /// <summary>Whether two requests are for the same, however they were written.</summary>
    public static bool IsSame(RunRequest one, RunRequest other) =>
        SameSet(one.Entries, other.Entries)
        && SameSet(Keys(one.Domains), Keys(other.Domains))
        && (one.Limit, one.Canary, one.TestListId, one.PlanOf) == (other.Limit, other.Canary, other.TestListId, other.PlanOf)
        && one.Undo?.RunId == other.Undo?.RunId
        && SameSet(one.Undo?.Fields, other.Undo?.Fields)
        && SameSet(one.Undo?.Entries, other.Undo?.Entries);

    /// <summary>Such as <c>the whole list</c> or <c>the domains a.com, b.com</c>.</summary>
    public static string InWords(RunRequest request) =>
        (request.PlanOf is { } planOf ? $"the plan of run {planOf}"
            : request.Undo is { } undo ? $"undoing run {undo.RunId}"
            : request.Entries is { } entries ? $"the entries {Named(entries)}"
            : request.Domains is { } domains ? $"the domains {Named(domains)}"
            : request.TestListId is { } list ? $"list {list}"
            : "the whole list")
        + (request.Limit is { } limit ? $", the first {limit} changed entries" : "");

    /// <summary>The command that asks for the same.</summary>
    public static string Command(RunRequest request) =>
        request.PlanOf is { } planOf ? $"affinity-durable apply {planOf}"
        : request.Undo is { } undo ? $"affinity-durable undo {undo.RunId}{Option("fields", undo.Fields)}{Option("entries", undo.Entries)}"
        : $"affinity-durable {Verb(request.Mode)} {request.Sync}{Option("entries", request.Entries)}{Option("domains", request.Domains)}{Numbers(request)}";

    private static string Verb(RunMode mode) => mode switch
    {
        RunMode.Plan => "plan",
        RunMode.Adopt => "adopt",
        _ => "run",
    };

    private static string Numbers(RunRequest request) =>
        (request.Limit is { } limit ? $" --limit {limit}" : "")
        + (request.Canary is { } canary ? $" --canary {canary}" : "")
        + (request.TestListId is { } list ? $" --list {list}" : "");

    private static string Option<T>(string name, IReadOnlyList<T>? items) => items is null ? "" : $" --{name} {string.Join(',', items)}";

    private static string Named<T>(IReadOnlyList<T> items) =>
        string.Join(", ", items.Take(MostNamed)) + (items.Count > MostNamed ? $" and {items.Count - MostNamed} more" : "");

    private static IEnumerable<string>? Keys(IReadOnlyList<string>? domains) => domains?.Select(domain => DomainKey.Normalize(domain) ?? domain);

    private static bool SameSet<T>(IEnumerable<T>? one, IEnumerable<T>? other) =>
        one is null || other is null ? one is null && other is null : one.ToHashSet().SetEquals(other);
}

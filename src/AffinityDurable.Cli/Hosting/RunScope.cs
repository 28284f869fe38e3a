using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Cli.Hosting;

/// <summary>Which entries a run was asked for: compared, in words, and as options of the command.</summary>
internal static class RunScope
{
    private const int MostNamed = 10;

    /// <summary>Whether two requests are about the same entries, however they were written.</summary>
    public static bool IsSame(RunRequest one, RunRequest other) =>
        SameSet(one.Entries, other.Entries) && SameSet(Keys(one.Domains), Keys(other.Domains));

    /// <summary>Such as <c>the whole list</c> or <c>the domains a.com, b.com</c>.</summary>
    public static string InWords(RunRequest request) =>
        request.Entries is { } entries ? $"the entries {Named(entries)}"
        : request.Domains is { } domains ? $"the domains {Named(domains)}"
        : "the whole list";

    /// <summary>The command that asks for the same.</summary>
    public static string Command(RunRequest request) =>
        $"affinity-durable {(request.Mode == RunMode.Plan ? "plan" : "run")} {request.Sync}"
        + (request.Entries is { } entries ? $" --entries {string.Join(',', entries)}" : "")
        + (request.Domains is { } domains ? $" --domains {string.Join(',', domains)}" : "");

    private static string Named<T>(IReadOnlyList<T> items) =>
        string.Join(", ", items.Take(MostNamed)) + (items.Count > MostNamed ? $" and {items.Count - MostNamed} more" : "");

    private static IEnumerable<string>? Keys(IReadOnlyList<string>? domains) => domains?.Select(domain => DomainKey.Normalize(domain) ?? domain);

    private static bool SameSet<T>(IEnumerable<T>? one, IEnumerable<T>? other) =>
        one is null || other is null ? one is null && other is null : one.ToHashSet().SetEquals(other);
}

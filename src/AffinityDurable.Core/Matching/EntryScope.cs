using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Matching;

/// <summary>Which entries of the list a run was asked for.</summary>
internal sealed class EntryScope
{
    private readonly HashSet<long>? entries;
    private readonly HashSet<string>? domains;

    public EntryScope(RunRequest request)
    {
        entries = request.Entries?.ToHashSet();
        domains = request.Domains?.Select(DomainKey.Normalize).OfType<string>().ToHashSet(StringComparer.Ordinal);
    }

    public bool Includes(EntrySnapshot entry) =>
        (entries is null && domains is null)
        || entries?.Contains(entry.EntryId) == true
        || (domains is not null && entry.Domains.Any(domain => DomainKey.Normalize(domain) is { } host && domains.Contains(host)));
}

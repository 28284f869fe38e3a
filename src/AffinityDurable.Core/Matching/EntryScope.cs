using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Matching;

/// <summary>Which entries of the list a run is about: those of the sync that it was asked for.</summary>
public sealed class EntryScope
{
    private readonly HashSet<long>? entries;
    private readonly HashSet<string>? domains;

    /// <param name="request">What was asked for.</param>
    public EntryScope(RunRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        entries = request.Entries?.ToHashSet();
        domains = request.Domains?.Select(DomainKey.Normalize).OfType<string>().ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether the run is about the entry.</summary>
    public bool Includes(EntrySnapshot entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return !entry.IsOutside && IsAskedFor(entry);
    }

    private bool IsAskedFor(EntrySnapshot entry) =>
        (entries is null && domains is null)
        || entries?.Contains(entry.EntryId) == true
        || (domains is not null && entry.Domains.Any(domain => DomainKey.Normalize(domain) is { } host && domains.Contains(host)));
}

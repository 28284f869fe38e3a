using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Sources.Http.Lookup;

/// <summary>One key that is asked for, and the entries that have it.</summary>
internal sealed class LookupTarget
{
    private readonly List<SourceTarget> entries = [];

    private LookupTarget(string key) => (Key, Hash) = (key, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16)));

    public string Key { get; }

    /// <summary>Stands for the key in the cache.</summary>
    public string Hash { get; }

    /// <summary>Which document of the cache has the answer.</summary>
    public string Shard => Hash[..2];

    public IReadOnlyList<SourceTarget> Entries => entries;

    /// <summary>The keys of the entries in the order of their hashes; entries without a key are left out.</summary>
    public static async Task<IReadOnlyList<LookupTarget>> CollectAsync(LookupKey by, IAsyncEnumerable<SourceTarget> entries, CancellationToken cancellationToken)
    {
        Dictionary<string, LookupTarget> targets = new(StringComparer.Ordinal);
        await foreach (var entry in entries.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (KeyOf(by, entry) is not { Length: > 0 } key)
            {
                continue;
            }

            if (!targets.TryGetValue(key, out var target))
            {
                targets.Add(key, target = new LookupTarget(key));
            }

            target.entries.Add(entry);
        }

        return [.. targets.Values.OrderBy(target => target.Hash, StringComparer.Ordinal)];
    }

    /// <summary>A key as feeds may spell it, as ours are spelt.</summary>
    public static string Normalize(string key) => key.Trim().ToLowerInvariant();

    private static string? KeyOf(LookupKey by, SourceTarget entry) => by switch
    {
        LookupKey.Domain => entry.Domains.Count > 0 ? Normalize(entry.Domains[0]) : null,
        LookupKey.Email => entry.Emails.Count > 0 ? Normalize(entry.Emails[0]) : null,
        LookupKey.CompanyId => entry.EntityId.ToString(CultureInfo.InvariantCulture),
        _ => entry.EntryId.ToString(CultureInfo.InvariantCulture),
    };
}

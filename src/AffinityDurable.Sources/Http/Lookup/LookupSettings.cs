namespace AffinityDurable.Sources.Http.Lookup;

/// <summary>Keys of <c>mode: lookup</c>.</summary>
internal sealed record LookupSettings
{
    /// <summary>What an entry is asked by.</summary>
    public required LookupKey Key { get; init; }

    /// <summary>Null asks for one entry at a time.</summary>
    public BatchSettings? Batch { get; init; }

    /// <summary>Age at which an answer is asked for again.</summary>
    public TimeSpan RefreshAfter { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Entries; the rest is left for the next run.</summary>
    public int MaxLookupsPerRun { get; init; } = 5_000;

    /// <summary>Requests under way at the same time.</summary>
    public int Concurrency { get; init; } = 4;
}

/// <summary><c>batch</c>: several entries in one request.</summary>
/// <param name="Size">Entries.</param>
/// <param name="Parameter">Takes the keys: of the query string, or of the body of a POST, as a list.</param>
/// <param name="Separator">Between keys in a query string.</param>
/// <param name="KeyPath">Member of a record that says which key it answers.</param>
internal sealed record BatchSettings(int Size, string Parameter, string Separator, string KeyPath);

/// <summary>What an entry can be asked by.</summary>
internal enum LookupKey
{
    /// <summary>The first domain of the company.</summary>
    Domain,

    /// <summary>Affinity's id of the company.</summary>
    CompanyId,

    /// <summary>The first address of the person.</summary>
    Email,

    /// <summary>Affinity's id of the list entry.</summary>
    EntryId,
}

namespace AffinityDurable.Simulator.Model;

/// <summary>A company with its domains; the first is the primary one.</summary>
public sealed class Company : Entity
{
    internal Company(long id, string name, string[] domains, bool isGlobal, FieldSet fields)
        : base(id, fields)
    {
        Name = name;
        Domains = domains;
        IsGlobal = isGlobal;
    }

    public string Name { get; }

    public IReadOnlyList<string> Domains { get; }

    /// <summary>True when the company comes from Affinity's shared directory.</summary>
    public bool IsGlobal { get; }

    /// <summary>
    /// Merges this company away: reading it, reading or writing its entries answers 422 and names the survivor. Its entries leave the
    /// pages of their lists.
    /// </summary>
    /// <exception cref="ArgumentException">The survivor was itself merged into this company.</exception>
    public void MergeInto(Company survivor)
    {
        ArgumentNullException.ThrowIfNull(survivor);
        MergeAway(survivor);
    }

    internal string? PrimaryDomain => Domains.Count > 0 ? Domains[0] : null;
}

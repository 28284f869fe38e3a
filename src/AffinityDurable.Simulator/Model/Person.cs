namespace AffinityDurable.Simulator.Model;

/// <summary>A person with e-mail addresses; the first is the primary one. Users are persons too: their ids share one space.</summary>
public sealed class Person : Entity
{
    internal Person(long id, string firstName, string? lastName, string[] emailAddresses, bool isInternal, FieldSet fields)
        : base(id, fields)
    {
        FirstName = firstName;
        LastName = lastName;
        EmailAddresses = emailAddresses;
        IsInternal = isInternal;
    }

    public string FirstName { get; }

    public string? LastName { get; }

    public IReadOnlyList<string> EmailAddresses { get; }

    /// <summary>True for people of the account itself.</summary>
    public bool IsInternal { get; }

    /// <summary>True for people who work with the account without being of it; as a value, their type is <c>collaborator</c>.</summary>
    public bool IsCollaborator { get; set; }

    /// <summary>Merges this person away, as <see cref="Company.MergeInto"/> does a company.</summary>
    /// <exception cref="ArgumentException">The survivor was itself merged into this person.</exception>
    public void MergeInto(Person survivor)
    {
        ArgumentNullException.ThrowIfNull(survivor);
        MergeAway(survivor);
    }

    internal string? PrimaryEmailAddress => EmailAddresses.Count > 0 ? EmailAddresses[0] : null;

    internal string WireType => IsInternal ? "internal" : "external";

    internal string WireTypeAsValue => IsCollaborator ? "collaborator" : WireType;
}

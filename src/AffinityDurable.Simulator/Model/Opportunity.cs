namespace AffinityDurable.Simulator.Model;

/// <summary>An opportunity; it exists on one list only and carries no associations in v2.</summary>
public sealed class Opportunity : Entity
{
    internal Opportunity(long id, string name)
        : base(id, new FieldSet())
    {
        Name = name;
    }

    public string Name { get; }
}

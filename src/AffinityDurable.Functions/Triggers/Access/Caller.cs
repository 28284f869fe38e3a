namespace AffinityDurable.Functions.Triggers.Access;

/// <summary>Who calls.</summary>
/// <param name="Name">Name of the person, of the application or of the key; null for whoever sits at this machine.</param>
/// <param name="Role">The most that the caller may do.</param>
public sealed record Caller(string? Name, Role Role)
{
    /// <summary>Who signed what was asked for, once somebody has.</summary>
    public string? Signature { get; private set; } = Name;

    /// <summary>Who did it: the caller where that is known, else whom the request names.</summary>
    public string? Signs(string? named) => Signature = Name ?? named;
}

namespace AffinityDurable.Core.Runs;

/// <summary>The document of a lease: who may write a list (or the companies or persons behind lists) right now.</summary>
/// <param name="InstanceId">The run that holds it; null when it is free.</param>
/// <param name="Epoch">Grows with every change of hands and never falls, so that a run which lost the lease can tell.</param>
/// <param name="TakenAt">When it changed hands last.</param>
/// <param name="SeenAt">The holder's last sign of life since then, where that is noted.</param>
public sealed record Lease(string? InstanceId, long Epoch, DateTimeOffset TakenAt, DateTimeOffset? SeenAt = null)
{
    /// <summary>Resource of the global fields of companies.</summary>
    public const string Companies = "companies";

    /// <summary>Resource of the global fields of persons.</summary>
    public const string Persons = "persons";

    /// <summary>Resource of a list.</summary>
    public static string List(long listId) => $"list-{listId}";
}

/// <summary>Whether a lease was taken.</summary>
/// <param name="Taken">Whether the caller holds it now.</param>
/// <param name="Epoch">The caller's epoch when taken, else the holder's.</param>
/// <param name="HeldBy">The run that holds it, when it was not taken.</param>
/// <param name="TakenOverFrom">A run that held it and is no longer alive.</param>
public sealed record LeaseTaking(bool Taken, long Epoch, string? HeldBy = null, string? TakenOverFrom = null);

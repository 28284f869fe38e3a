namespace AffinityDurable.Simulator.Model;

/// <summary>A user of the account. The minute limit is per user: all keys of a user share it.</summary>
public sealed record User(long Id, string FirstName, string? LastName, string EmailAddress);

/// <summary>A key that acts as its user. <paramref name="DefaultVersion"/> answers requests without a version header.</summary>
public sealed record ApiKey(string Secret, User User, string DefaultVersion, DateTimeOffset CreatedAt)
{
    /// <summary>What the role of the user allows; everything, unless said otherwise.</summary>
    public Permissions Permissions { get; init; } = Permissions.All;

    /// <summary>Leaves the secret out: records print their members otherwise.</summary>
    public override string ToString() => $"key of user {User.Id}";
}

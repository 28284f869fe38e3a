namespace AffinityDurable.Functions.Triggers.Access;

/// <summary>What a caller may do; each role includes the ones before it.</summary>
public enum Role
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Looks at syncs, runs and reports.</summary>
    Reader,

    /// <summary>Starts, cancels, holds, releases and undoes runs.</summary>
    Operator,

    /// <summary>Lets plans be written.</summary>
    Approver,
}

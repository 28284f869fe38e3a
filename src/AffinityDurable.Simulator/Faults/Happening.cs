namespace AffinityDurable.Simulator.Faults;

/// <summary>What a fault changed in the account.</summary>
public enum HappeningKind
{
    /// <summary>A key was revoked and its user got another.</summary>
    KeyReplaced,

    /// <summary>An entry was taken off its list.</summary>
    EntryDeleted,

    /// <summary>A dropdown option was removed, and the values of the rows that held it.</summary>
    OptionRemoved,

    /// <summary>A person changed a value.</summary>
    ValueEdited,
}

/// <summary>One change that a fault made in the account between two requests of a client.</summary>
public sealed record Happening(HappeningKind Kind, DateTimeOffset At)
{
    /// <summary>Who did it, or whose key it was.</summary>
    public required long UserId { get; init; }

    public long? ListEntryId { get; init; }

    /// <summary>The company, person or opportunity of the entry, or the one in the path.</summary>
    public long? EntityId { get; init; }

    public string? FieldId { get; init; }

    public long? OptionId { get; init; }

    /// <summary>The value before an edit, in the forms that entries give values in.</summary>
    public object? Before { get; init; }

    /// <summary>The value that a person entered, in the same forms.</summary>
    public object? After { get; init; }
}

namespace AffinityDurable.Core.Explaining;

/// <summary>What decided about a field of an entry.</summary>
public enum DecidingRule
{
    /// <summary>The field was empty and the source has a value.</summary>
    FillsBlank,

    /// <summary>The values differ and the source wins.</summary>
    SourceWins,

    /// <summary>Somebody has changed what the sync had written, and the mapping says <c>onConflict: humanWins</c>.</summary>
    HumanWins,

    /// <summary>Only blanks are filled: the mapping says so, or people win and nothing was known of earlier writes.</summary>
    FillOnly,

    /// <summary>The mapping says <c>onConflict: reportOnly</c>.</summary>
    ReportOnly,

    /// <summary>The cell is empty and the mapping says <c>onNull: clear</c>.</summary>
    OnNullClear,

    /// <summary>The cell is empty and the mapping says <c>onNull: keep</c>.</summary>
    OnNullKeep,

    /// <summary>Affinity shows what the source says.</summary>
    Unchanged,

    /// <summary>Affinity keeps what was sent in another form.</summary>
    StoredDifferently,

    /// <summary>The field keeps the health of the entry.</summary>
    Health,

    /// <summary>The field says where the values of the entry come from.</summary>
    Stamp,

    /// <summary>The value cannot be written.</summary>
    ValueRejected,

    /// <summary>The row speaks about several entries.</summary>
    AmbiguousRow,

    /// <summary>Several rows speak about the entry.</summary>
    DuplicateRows,

    /// <summary>No row speaks about the entry.</summary>
    NoRow,

    /// <summary>The run was asked for other entries.</summary>
    OutOfScope,

    /// <summary>The run had as many entries to change as it may.</summary>
    Limit,

    /// <summary>The sync does not write the field.</summary>
    NotMapped,

    /// <summary>The entry is not on the list any more, or never was.</summary>
    NotOnList,

    /// <summary>The run ended before it had a plan.</summary>
    NoPlan,

    /// <summary>A run that wrote the field was undone.</summary>
    Undone,

    /// <summary>A run that wrote the field was undone, but the value had been changed since.</summary>
    UndoConflict,
}

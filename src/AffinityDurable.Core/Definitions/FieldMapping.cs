namespace AffinityDurable.Core.Definitions;

/// <summary>A column that goes into a field.</summary>
public sealed record FieldMapping
{
    /// <summary>Field id or unique name, as written in the definition.</summary>
    public required string Field { get; init; }

    /// <summary>Column of the only source; empty where no column, or that of several sources, goes into the field.</summary>
    public string Column { get; init; } = "";

    /// <summary>Columns of several sources, in order of precedence for this field; empty where <see cref="Column"/> says it.</summary>
    public IReadOnlyList<FieldOrigin> From { get; init; } = [];

    public OnNull OnNull { get; init; } = OnNull.Keep;

    public OnUnknownOption OnUnknownOption { get; init; } = OnUnknownOption.Reject;

    /// <summary>Write an enriched field although Affinity then stops updating that cell.</summary>
    public bool OverrideEnriched { get; init; }

    /// <summary>What becomes of a value that somebody has changed in Affinity since we wrote it.</summary>
    public OnConflict OnConflict { get; init; } = OnConflict.SourceWins;

    /// <summary>Number fields: a change by more than this factor blocks the run; null for no limit.</summary>
    public double? MaxFactor { get; init; }

    /// <summary>Number fields: a change by more than this amount blocks the run; null for no limit.</summary>
    public double? MaxDelta { get; init; }

    /// <summary>See <see cref="Values.CoercionContext.Format"/>.</summary>
    public string? Format { get; init; }

    /// <summary>See <see cref="Values.CoercionContext.Separator"/>.</summary>
    public string Separator { get; init; } = ";";

    /// <summary>Person and company fields: what the column holds of them.</summary>
    public ReferenceKey Resolve { get; init; } = ReferenceKey.Id;

    /// <summary>Line in the definition, for messages.</summary>
    public int? Line { get; init; }

    /// <summary>The column of a source that goes into the field; null when none does.</summary>
    public string? ColumnOf(SourceDefinition source) =>
        From.Count > 0 ? From.FirstOrDefault(origin => origin.Source == source.Name)?.Column
        : Column.Length > 0 ? Column
        : null;
}

/// <summary>A column of one of several sources.</summary>
/// <param name="Source">Name of the source.</param>
/// <param name="Column">Its column.</param>
public sealed record FieldOrigin(string Source, string Column);

/// <summary>What a cell holds of the person or company that it names.</summary>
public enum ReferenceKey
{
    /// <summary>Affinity's id.</summary>
    Id,

    /// <summary>A domain of the company.</summary>
    Domain,

    /// <summary>An e-mail address of the person.</summary>
    Email,

    /// <summary>The name exactly as Affinity shows it.</summary>
    ExactName,
}

/// <summary>What an empty source cell means.</summary>
public enum OnNull
{
    /// <summary>Leave the field as it is.</summary>
    Keep,

    /// <summary>Clear the field.</summary>
    Clear,
}

/// <summary>What a text that is no option means.</summary>
public enum OnUnknownOption
{
    /// <summary>The value is a reject.</summary>
    Reject,
}

/// <summary>Who wins where source and Affinity differ.</summary>
public enum OnConflict
{
    /// <summary>The source; a human edit is overwritten, with a line in the report.</summary>
    SourceWins,

    /// <summary>A human edit is kept. Where nothing is known of what we wrote before, only blanks are filled.</summary>
    HumanWins,

    /// <summary>Only blanks are filled.</summary>
    FillOnly,

    /// <summary>Nothing is written; differences are reported.</summary>
    ReportOnly,
}

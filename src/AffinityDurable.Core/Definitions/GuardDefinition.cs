namespace AffinityDurable.Core.Definitions;

/// <summary>Thresholds of the guards.</summary>
public sealed record GuardDefinition
{
    /// <summary>Fewer source rows than this block the run.</summary>
    public int MinRows { get; init; } = 1;

    /// <summary>Of the rows of the last good full run: more of them gone than this blocks the run.</summary>
    public double MaxRowDropPercent { get; init; } = 20;

    /// <summary>Of the entries that had a row in the last good full run: more of them gone than this blocks the run.</summary>
    public double MaxCoverageDropPercent { get; init; } = 10;

    /// <summary>Per field, over matched entries with a live value: more overwritten than this blocks the run.</summary>
    public double MaxOverwrittenPercent { get; init; } = 30;

    /// <summary>Per field, over matched entries with a live value: more cleared than this blocks the run.</summary>
    public double MaxClearedPercent { get; init; } = 2;

    /// <summary>Of all records: more malformed or rejected than this blocks the run.</summary>
    public double MaxRejectedPercent { get; init; } = 5;

    /// <summary>Of all rows: more without an entry than this blocks the run; null is off.</summary>
    public double? MaxUnmatchedPercent { get; init; }

    /// <summary>Per column, over matched rows: percentage points by which empty cells may rise above the last good full run.</summary>
    public double MaxNullJumpPercent { get; init; } = 10;

    /// <summary>Percent guards apply from this many entries up.</summary>
    public int MinEntries { get; init; } = 20;
}

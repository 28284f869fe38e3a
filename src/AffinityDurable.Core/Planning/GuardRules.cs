namespace AffinityDurable.Core.Planning;

/// <summary>Names of the guards, as definitions write them.</summary>
internal static class GuardRules
{
    public const string MinRows = "minRows";
    public const string RowDrop = "maxRowDropPercent";
    public const string CoverageDrop = "maxCoverageDropPercent";
    public const string NullJump = "maxNullJumpPercent";
    public const string Rejected = "maxRejectedPercent";
    public const string Unmatched = "maxUnmatchedPercent";
    public const string Overwritten = "maxOverwrittenPercent";
    public const string Cleared = "maxClearedPercent";
    public const string Factor = "maxFactor";
    public const string Delta = "maxDelta";
}

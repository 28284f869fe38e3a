namespace AffinityDurable.Sources.Records;

/// <summary>How large a record may be.</summary>
internal static class RecordLimits
{
    /// <summary>Bytes of the longest record, without its line end.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Lines of the longest record.</summary>
    public const int MaxLines = 1000;

    /// <summary>Bytes that must be at hand unless fewer are left: the longest record and its line end.</summary>
    public const int Lookahead = MaxBytes + 2;
}

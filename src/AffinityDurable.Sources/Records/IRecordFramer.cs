namespace AffinityDurable.Sources.Records;

/// <summary>Finds where records end.</summary>
internal interface IRecordFramer
{
    /// <summary>The next record.</summary>
    /// <param name="bytes">Not empty; at least <see cref="RecordLimits.Lookahead"/> unless <paramref name="final"/>.</param>
    /// <param name="final">Nothing follows these bytes.</param>
    RecordFrame Next(ReadOnlySpan<byte> bytes, bool final);
}

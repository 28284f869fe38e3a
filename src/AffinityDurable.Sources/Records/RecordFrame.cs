namespace AffinityDurable.Sources.Records;

/// <summary>Where a record ends and what it is.</summary>
/// <param name="Length">Bytes with the line end.</param>
/// <param name="ContentLength">Bytes without it.</param>
/// <param name="Lines">Physical lines.</param>
/// <param name="Fields">Fields, where they could be counted.</param>
/// <param name="Fault">Why it is no row.</param>
/// <param name="LineGoesOn">The line does not end in the bytes at hand: what follows up to its end belongs to this record.</param>
internal readonly record struct RecordFrame(int Length, int ContentLength, int Lines, int Fields, RecordFault Fault, bool LineGoesOn = false)
{
    /// <summary>A line without a byte.</summary>
    public bool IsBlank => ContentLength == 0 && Fault == RecordFault.None;
}

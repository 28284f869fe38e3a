namespace AffinityDurable.Sources.Records;

/// <summary>Why bytes are not a row.</summary>
internal enum RecordFault : byte
{
    None = 0,
    WrongFieldCount,
    UnterminatedQuote,
    StrayQuote,
    InvalidUtf8,
    NulByte,
    TooLong,
    NotJson,
    DuplicateKey,
}

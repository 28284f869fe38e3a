namespace AffinityDurable.Sources.Csv;

/// <summary>
/// Where every physical line of a file went: <c>PhysicalLines = HeaderLines + BlankLines + RowLines + MalformedLines</c>.
/// LF, CRLF and CR end a line; what follows the last line end is a line when it has a byte.
/// </summary>
internal sealed record CsvAccounting
{
    public long HeaderLines { get; set; }

    public long BlankLines { get; set; }

    public long RowLines { get; set; }

    public long MalformedLines { get; set; }

    public long Rows { get; set; }

    public long Malformed { get; set; }

    public long PhysicalLines => HeaderLines + BlankLines + RowLines + MalformedLines;

    /// <summary>Rows and malformed records; the header and blank lines are none.</summary>
    public long Records => Rows + Malformed;
}

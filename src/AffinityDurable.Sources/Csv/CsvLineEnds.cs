namespace AffinityDurable.Sources.Csv;

/// <summary>The kinds of line ends between the records of a file.</summary>
internal sealed class CsvLineEnds
{
    private bool _lf;
    private bool _crLf;
    private bool _cr;

    /// <summary>LF everywhere, or CRLF everywhere.</summary>
    public bool AreUniform => !_cr && !(_lf && _crLf);

    /// <summary>The line end of a uniform file as SQL spells it.</summary>
    public string AsSql => _crLf ? "\\r\\n" : "\\n";

    public void Add(ReadOnlySpan<byte> lineEnd)
    {
        _crLf |= lineEnd.Length == 2;
        _lf |= lineEnd is [(byte)'\n'];
        _cr |= lineEnd is [(byte)'\r'];
    }
}

using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Sources.Databases;

/// <summary>Rows that are rejected because a cell is too large.</summary>
internal sealed class LargeCells
{
    private readonly List<(long Row, int Column)> cells = [];

    public void Add(long row, int column) => cells.Add((row, column));

    public IEnumerable<MalformedRecord> Read(IReadOnlyList<string> columns) => cells.Select(cell => new MalformedRecord(
        cell.Row, cell.Row, DatabaseErrors.CellTooLarge.Id, $"Row {cell.Row} of the result has more than 1 MB in column '{columns[cell.Column]}'."));
}

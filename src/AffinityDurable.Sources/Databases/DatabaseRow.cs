using System.Data.Common;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Sources.Databases;

/// <summary>The row at which a driver's reader stands.</summary>
internal sealed class DatabaseRow(DbDataReader reader, IReadOnlyList<ResultColumn> columns) : ISourceRow
{
    public long? Line => null;

    public string? Text(int column) => reader.IsDBNull(column) ? null : columns[column].Text!(reader, column);
}

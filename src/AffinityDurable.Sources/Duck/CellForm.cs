using System.Collections;
using DuckDB.NET.Data;

namespace AffinityDurable.Sources.Duck;

/// <summary>How cells of a column become text.</summary>
internal enum CellForm
{
    /// <summary>Not at all: lists, structs, blobs, times with a zone but no date.</summary>
    None = 0,

    /// <summary>They are text.</summary>
    Text,

    /// <summary>A point in time, which the driver gives in UTC without saying so.</summary>
    Instant,

    /// <summary>A number, a date, a truth value and the like.</summary>
    Value,
}

/// <summary>Finds the form of a column.</summary>
internal static class CellForms
{
    public static CellForm Of(DuckDBDataReader reader, int column)
    {
        var type = reader.GetFieldType(column);
        return reader.GetDataTypeName(column) switch
        {
            "TimestampTz" => CellForm.Instant,
            "TimeTz" => CellForm.None,
            _ when type == typeof(string) => CellForm.Text,
            _ when type == typeof(bool) => CellForm.Value,
            _ when typeof(IFormattable).IsAssignableFrom(type) && !typeof(IEnumerable).IsAssignableFrom(type) => CellForm.Value,
            _ => CellForm.None,
        };
    }
}

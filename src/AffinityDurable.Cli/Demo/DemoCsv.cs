using System.Globalization;
using System.Text;

namespace AffinityDurable.Cli.Demo;

/// <summary>Writes the sample file: RFC 4180 in UTF-8 but for what is planted.</summary>
internal static class DemoCsv
{
    /// <summary>Stands for the byte FF, which no UTF-8 text has.</summary>
    public const char InvalidByte = '\uE000';

    private static readonly string[] Columns =
        ["company", "website", "arr_usd", "headcount", "monthly_burn", "stage", "tags", "last_valuation", "hq_city", "notes"];

    public static byte[] Write(IEnumerable<DemoRow> rows)
    {
        var text = new StringBuilder(string.Join(',', Columns)).Append('\n');
        foreach (var row in rows)
        {
            text.Append(Record(row)).Append('\n');
        }

        return WithInvalidBytes(text.ToString());
    }

    private static string Record(DemoRow row)
    {
        var record = string.Join(',', Columns.Select(column => Quoted(row.Planted.GetValueOrDefault(column) ?? Cell(row, column))));
        return row.Damage?.Invoke(record) ?? record;
    }

    private static string? Cell(DemoRow row, string column) => column switch
    {
        "company" => row.Company,
        "website" => row.Website,
        "arr_usd" => row.Values.Arr?.ToString(CultureInfo.InvariantCulture),
        "headcount" => row.Values.Headcount?.ToString(CultureInfo.InvariantCulture),
        "monthly_burn" => row.Values.Burn?.ToString("$#,##0", CultureInfo.InvariantCulture),
        "stage" => row.Values.Stage,
        "tags" => row.Values.Tags is { } tags ? string.Join(';', tags) : null,
        "last_valuation" => row.Values.LastValuation?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "hq_city" => row.Values.City,
        _ => row.Values.Notes,
    };

    private static string Quoted(string? cell) => cell is null ? ""
        : cell.AsSpan().IndexOfAny(",\"\n") < 0 ? cell
        : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static byte[] WithInvalidBytes(string text)
    {
        var bytes = new List<byte>(text.Length + 1024);
        var parts = text.Split(InvalidByte);
        bytes.AddRange(Encoding.UTF8.GetBytes(parts[0]));
        foreach (var part in parts.Skip(1))
        {
            bytes.Add(0xFF);
            bytes.AddRange(Encoding.UTF8.GetBytes(part));
        }

        return [.. bytes];
    }
}

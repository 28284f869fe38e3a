using System.Data;
using System.Data.Common;
using System.Data.SqlTypes;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Databases;
using AffinityDurable.Sources.SqlServer;
using AffinityDurable.Sources.Tests.Databases;
using Moq;
using Moq.Protected;

namespace AffinityDurable.Sources.Tests.SqlServer;

/// <summary>What SQL Server's driver gives becomes text, over a reader with its types.</summary>
public sealed class SqlServerReaderTests
{
    private static readonly DateTime Noon = new(2026, 10, 31, 12, 30, 0);

    public static TheoryData<object, string?> Values => new()
    {
        { 42, "42" },
        { (byte)7, "7" },
        { long.MinValue, "-9223372036854775808" },
        { 1.10m, "1.10" },
        { SqlDecimal.Parse("12345678901234567890123456789012345678"), "12345678901234567890123456789012345678" },
        { SqlDecimal.Parse("-0.50"), "-0.50" },
        { 0.1d + 0.2d, "0.30000000000000004" },
        { 0.1f, "0.1" },
        { true, "true" },
        { Noon, "2026-10-31T12:30:00" },
        { Noon.AddMilliseconds(250), "2026-10-31T12:30:00.25" },
        { new DateTimeOffset(Noon, TimeSpan.FromHours(2)), "2026-10-31T10:30:00Z" },
        { new TimeSpan(12, 30, 0), "12:30:00" },
        { new TimeSpan(0, 12, 30, 0, 250), "12:30:00.25" },
        { Guid.Parse("6d3d8aa0-7a4f-4b11-9a2e-0d7f6d6b6a11"), "6d3d8aa0-7a4f-4b11-9a2e-0d7f6d6b6a11" },
        { " Zoë — 東京\n", "Zoë — 東京" },
        { "  ", null },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_becomes_text_with_all_that_it_says(object value, string? expected)
    {
        var table = new DataTable();
        table.Columns.Add("x", value.GetType());
        table.Rows.Add(value);
        table.Rows.Add(DBNull.Value);

        var read = await ReadAsync(table);

        Assert.Equal([expected, null], read.Rows.Select(row => row[0]));
    }

    [Fact]
    public async Task A_column_of_variants_gives_each_cell_by_its_own_type()
    {
        var table = new DataTable();
        table.Columns.Add("x", typeof(object));
        table.Rows.Add(1.50m);
        table.Rows.Add(new DateTimeOffset(Noon, TimeSpan.FromHours(2)));
        table.Rows.Add(" a ");

        Assert.Equal(["1.50", "2026-10-31T10:30:00Z", "a"], (await ReadAsync(table)).Joined());
        table.Rows.Add(new byte[] { 1 });
        Assert.Equal("AFF216", (await QueryRead.FailsAsync(() => ReadAsync(table))).Code);
    }

    [Fact]
    public async Task A_column_of_bytes_has_no_text()
    {
        var table = new DataTable();
        table.Columns.Add("logo", typeof(byte[]));

        var problem = await QueryRead.FailsAsync(() => ReadAsync(table));

        Assert.Equal("AFF216", problem.Code);
        Assert.Contains("'logo'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_of_more_than_a_megabyte_rejects_its_row()
    {
        var table = new DataTable();
        table.Columns.Add("x", typeof(string));
        table.Rows.Add("a");
        table.Rows.Add(new string('x', 2_000_000));
        table.Rows.Add("c");

        var read = await ReadAsync(table);

        Assert.Equal(["a", "c"], read.Joined());
        Assert.Equal((2, DatabaseErrors.CellTooLarge.Id), (Assert.Single(read.Malformed).FirstLine, read.Malformed[0].Code));
    }

    [Fact]
    public async Task A_query_that_was_not_read_to_its_end_is_ended_on_the_server()
    {
        var table = new DataTable();
        table.Columns.Add("x", typeof(int));
        table.Rows.Add(1);
        table.Rows.Add(2);
        var command = Command(table);

        await using (var reader = await RunAsync(command))
        {
            Assert.Equal("1", await reader.ReadRowsAsync(CancellationToken.None).Select(row => row.Text(0)).FirstAsync());
        }

        command.Verify(stopped => stopped.Cancel(), Times.Once);
    }

    private static async Task<QueryRead> ReadAsync(DataTable table)
    {
        await using var reader = await RunAsync(Command(table));
        return await QueryRead.OfAsync(reader);
    }

    private static Task<DatabaseReader> RunAsync(Mock<DbCommand> command) => DatabaseQuery.RunAsync(
        new Mock<DbConnection> { CallBase = true }.Object,
        command.Object,
        new QueryLimits(),
        new ResultRules(SqlServerColumns.Of, _ => SqlServerProblems.WhenReading(null)),
        needed: null,
        CancellationToken.None);

    private static Mock<DbCommand> Command(DataTable table)
    {
        var command = new Mock<DbCommand> { CallBase = true };
        command.Protected().Setup<DbDataReader>("ExecuteDbDataReader", ItExpr.IsAny<CommandBehavior>()).Returns(table.CreateDataReader());
        return command;
    }
}

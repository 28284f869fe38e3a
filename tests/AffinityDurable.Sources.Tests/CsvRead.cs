using System.Text;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Connections;
using AffinityDurable.Sources.Csv;
using AffinityDurable.Sources.Files;
using AffinityDurable.Sources.Files.Stores;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Sources.Tests;

/// <summary>Everything that one pass over a file gave.</summary>
internal sealed record CsvRead(
    IReadOnlyList<string> Columns,
    IReadOnlyList<string?[]> Rows,
    IReadOnlyList<long?> Lines,
    IReadOnlyList<MalformedRecord> Malformed,
    CsvAccounting Accounting)
{
    /// <summary>Reads text as a file.</summary>
    public static Task<CsvRead> OfAsync(string content, string? query = null, string? delimiter = null) =>
        OfAsync(Encoding.UTF8.GetBytes(content), query, delimiter);

    public static async Task<CsvRead> OfAsync(byte[] content, string? query = null, string? delimiter = null)
    {
        using var folder = new TempFolder();
        folder.Write("rows.csv", content);
        return await OfFileAsync("rows.csv", folder.Path, query, delimiter);
    }

    public static async Task<CsvRead> OfFileAsync(
        string path, string baseDirectory, string? query = null, string? delimiter = null, SourceOptions? options = null)
    {
        var adapter = new CsvSourceAdapter(new FileIntake(new FileStores(Options.Create(options ?? new SourceOptions()), new SourceConnections())));
        await using var reader = (FileReader)await adapter.OpenAsync(new FileSettings(path, query, delimiter), baseDirectory, CancellationToken.None);
        return await OfAsync(reader);
    }

    public static async Task<CsvRead> OfAsync(FileReader reader)
    {
        List<string?[]> rows = [];
        List<long?> lines = [];
        await foreach (var row in reader.ReadRowsAsync(CancellationToken.None))
        {
            rows.Add([.. Enumerable.Range(0, reader.Columns.Count).Select(row.Text)]);
            lines.Add(row.Line);
        }

        List<MalformedRecord> malformed = [];
        await foreach (var record in reader.ReadMalformedAsync(CancellationToken.None))
        {
            malformed.Add(record);
        }

        return new CsvRead(reader.Columns, rows, lines, malformed, ((CsvScan)reader.Parts[0]).Accounting);
    }

    /// <summary>The codes with which reading ends.</summary>
    public static async Task<Problem> FailsAsync(Func<Task<CsvRead>> read)
    {
        var exception = await Assert.ThrowsAsync<ProblemException>(read);
        return Assert.Single(exception.Problems);
    }

    public IEnumerable<string> Joined() => Rows.Select(row => string.Join('|', row.Select(cell => cell ?? "∅")));
}

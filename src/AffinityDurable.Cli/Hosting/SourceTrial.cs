using System.Diagnostics;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Cli.Hosting;

/// <summary>Reads a source as a run would, and keeps the first rows only.</summary>
/// <param name="domains">The domains that the read is for; null for all.</param>
/// <param name="shownRows">First rows to keep.</param>
internal sealed class SourceTrial(IReadOnlyList<string>? domains, int shownRows)
{
    private const int ProgressEvery = 100_000;

    /// <exception cref="ProblemException">The source cannot be read.</exception>
    public async Task<FoundSource> RunAsync(
        ISourceAdapter adapter, SyncDefinition definition, SourceDefinition source, string baseDirectory, Action<long> progress, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        await using var reader = await adapter.OpenAsync(RequestOf(definition, source, baseDirectory), stop);
        var opened = watch.Elapsed;
        var first = new List<IReadOnlyList<string?>>();
        var rows = 0L;
        await foreach (var row in reader.ReadRowsAsync(stop))
        {
            if (rows < shownRows)
            {
                first.Add([.. reader.Columns.Select((_, column) => row.Text(column))]);
            }

            rows++;
            if (rows % ProgressEvery == 0)
            {
                progress(rows);
            }
        }

        var malformed = await reader.ReadMalformedAsync(stop).GroupBy(record => record.Code).Select(same => (same.Key, same.Count())).ToListAsync(stop);
        return new FoundSource(
            [.. reader.Columns.Select(column => new FoundColumn(column, UsesOf(column, definition, source)))],
            first,
            rows,
            malformed,
            SourceColumns.Missing(reader.Columns, definition, source),
            opened,
            watch.Elapsed);
    }

    private SourceRequest RequestOf(SyncDefinition definition, SourceDefinition source, string baseDirectory)
    {
        var now = DateTimeOffset.UtcNow;
        var targets = domains?.Select(domain => new SourceTarget(0, 0, [domain], [])).ToList();
        return new SourceRequest
        {
            Source = source,
            BaseDirectory = baseDirectory,
            Sync = definition.Sync,
            ReadAt = now,
            RunDate = definition.DayOf(now),
            Targets = targets,
            Entries = _ => (targets ?? []).ToAsyncEnumerable(),
        };
    }

    private static string UsesOf(string column, SyncDefinition definition, SourceDefinition source) => string.Join(
        ", ",
        definition.MatchOf(source).Where(rule => Same(column, rule.Column)).Select(rule => $"match by {System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(rule.By.ToString())}")
            .Concat(definition.Fields.Where(field => Same(column, field.ColumnOf(source))).Select(field => field.Field))
            .Concat(Same(column, source.AsOf?.Column) ? ["as of"] : [])
            .Concat(Same(column, source.LatestBy) ? ["latest by"] : []));

    private static bool Same(string one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What reading a source has shown.</summary>
/// <param name="Columns">Its columns.</param>
/// <param name="FirstRows">Cells of the first rows.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Malformed">Records that are no rows, by code.</param>
/// <param name="Problems">Columns that the definition names and the source lacks.</param>
/// <param name="Opened">Time until the first row could be read.</param>
/// <param name="Taken">Time in all.</param>
internal sealed record FoundSource(
    IReadOnlyList<FoundColumn> Columns,
    IReadOnlyList<IReadOnlyList<string?>> FirstRows,
    long Rows,
    IReadOnlyList<(string Code, int Count)> Malformed,
    IReadOnlyList<Problem> Problems,
    TimeSpan Opened,
    TimeSpan Taken);

/// <param name="Name">As the source has it.</param>
/// <param name="Use">What the definition does with it; empty for nothing.</param>
internal sealed record FoundColumn(string Name, string Use);

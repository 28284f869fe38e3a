using System.Diagnostics;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Tests.Runs.Contracts;
using Xunit.Abstractions;

namespace AffinityDurable.Core.Tests.Runs;

public sealed class FileRunStoreTests : RunStoreContract, IDisposable
{
    private const string Run = "portfolio-metrics@20261123T0200Z";

    private readonly TemporaryFolder folder = new();
    private readonly ITestOutputHelper output;

    public FileRunStoreTests(ITestOutputHelper output)
    {
        this.output = output;
        Store = new FileRunStore(folder.Path, Time);
    }

    protected override IRunStore Store { get; }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_run_is_a_folder_that_a_person_can_find()
    {
        await WriteAsync(Run, "batches/0001.jsonl", "{}\n"u8.ToArray());

        Assert.Equal("{}\n", await File.ReadAllTextAsync(folder[$"runs/{Run}/batches/0001.jsonl"]));
    }

    [Fact]
    public async Task Only_artefacts_above_the_threshold_are_compressed()
    {
        await WriteAsync(Run, "small", new byte[FileRunStore.CompressAbove]);
        await WriteAsync(Run, "large", new byte[FileRunStore.CompressAbove + 1]);

        Assert.Equal(FileRunStore.CompressAbove, new FileInfo(folder[$"runs/{Run}/small"]).Length);
        Assert.InRange(new FileInfo(folder[$"runs/{Run}/large"]).Length, 10, 500);
    }

    [Fact]
    public async Task What_a_kill_left_half_written_is_never_seen_and_swept_after_a_day()
    {
        Directory.CreateDirectory(folder[".tmp"]);
        await File.WriteAllTextAsync(folder[".tmp/old"], "half");
        await File.WriteAllTextAsync(folder[".tmp/young"], "half");
        File.SetLastWriteTimeUtc(folder[".tmp/old"], DateTime.UtcNow.AddDays(-2));

        await WriteAsync(Run, "plan", [1]);

        Assert.Equal([Run], await Store.RunsAsync(default).ToListAsync());
        Assert.Equal(["plan"], await Store.ListAsync(Run, "", default).ToListAsync());
        Assert.Equal([folder[".tmp/young"]], Directory.GetFiles(folder[".tmp"]));
    }

    [Fact]
    public async Task A_run_that_was_killed_before_its_first_artefact_is_not_listed()
    {
        await WriteAsync(Run, "plan", [1]);
        File.Delete(folder[$"runs/{Run}/plan"]);

        Assert.Empty(await Store.RunsAsync(default).ToListAsync());
    }

    [Fact]
    public async Task A_damaged_compressed_artefact_is_unreadable_not_short()
    {
        await Store.WriteLinesAsync(Run, "rows", Enumerable.Range(0, 2_000).Select(i => new Row(i, i, Guid.NewGuid().ToString())), default);
        await using (var file = File.OpenWrite(folder[$"runs/{Run}/rows"]))
        {
            file.Position = file.Length / 2;
            await file.WriteAsync(new byte[64]);
        }

        var thrown = await Assert.ThrowsAsync<Core.Errors.ProblemException>(async () => await Store.ReadLinesAsync<Row>(Run, "rows").ToListAsync());

        Assert.Equal("AFF702", thrown.Problems[0].Code);
    }

    [Fact]
    public async Task A_truncated_compressed_artefact_is_unreadable_not_short()
    {
        await Store.WriteLinesAsync(Run, "rows", Enumerable.Range(0, 2_000).Select(i => new Row(i, i, Guid.NewGuid().ToString())), default);
        await using (var file = File.OpenWrite(folder[$"runs/{Run}/rows"]))
        {
            file.SetLength(file.Length / 2);
        }

        await Assert.ThrowsAsync<Core.Errors.ProblemException>(async () => await Store.ReadLinesAsync<Row>(Run, "rows").ToListAsync());
    }

    [Fact]
    public async Task A_hundred_thousand_lines_of_a_kilobyte_take_about_a_second()
    {
        var rows = Enumerable.Range(0, 100_000).Select(i => new Row(i, i, Text(i))).ToList();
        await Store.WriteLinesAsync("warm@1", "rows", rows.Take(5_000), default);
        await Store.ReadLinesAsync<Row>("warm@1", "rows").CountAsync();

        var watch = Stopwatch.StartNew();
        await Store.WriteLinesAsync(Run, "rows", rows, default);
        var writing = watch.Elapsed;
        watch.Restart();
        var count = await Store.ReadLinesAsync<Row>(Run, "rows").CountAsync();
        var reading = watch.Elapsed;

        output.WriteLine($"wrote in {writing.TotalMilliseconds:0} ms, read in {reading.TotalMilliseconds:0} ms, {new FileInfo(folder[$"runs/{Run}/rows"]).Length / 1_000_000} MB");
        Assert.Equal(rows.Count, count);

        // Several times the usual figures, so that a busy machine passes and an accidental quadratic does not.
        Assert.InRange(writing + reading, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    /// <summary>About a kilobyte that compresses like field values do.</summary>
    private static string Text(int seed)
    {
        var random = new Random(seed);
        return string.Join(';', Enumerable.Range(0, 80).Select(i => $"field-{i}={random.Next(1_000_000)}"))[..950];
    }
}

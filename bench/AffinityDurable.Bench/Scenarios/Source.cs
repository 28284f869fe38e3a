using System.Globalization;
using AffinityDurable.Bench.World;

namespace AffinityDurable.Bench.Scenarios;

/// <summary>A very large export against a list: time may follow the export, memory may not.</summary>
internal sealed class Source : IScenario
{
    private const int Rows = 10_000_000;
    private const int Entries = 20_000;

    public string Name => "source";

    public async Task<Figures> RunAsync(CancellationToken cancellationToken)
    {
        var small = await MeasureAsync(Rows / 10);
        var large = await MeasureAsync(Rows);
        return new Figures()
            .Add("rowsPerSecond", Rows / large.Product.Seconds, Target.Least(0.6 * Rows / large.Bare.Seconds))
            .Add("bareRowsPerSecond", Rows / large.Bare.Seconds)
            .Add("peakDeltaMegabytes", large.Product.PeakMegabytes - small.Product.PeakMegabytes, Target.Most(150))
            .Add("peakMegabytes", large.Product.PeakMegabytes)
            .Add("barePeakMegabytes", large.Bare.PeakMegabytes)
            .Add("seconds", large.Product.Seconds)
            .Add("bareSeconds", large.Bare.Seconds);
    }

    private static async Task<(ReadExport Product, ReadExport Bare)> MeasureAsync(int rows)
    {
        var folder = Directory.CreateTempSubdirectory("affinity-durable-bench-");
        try
        {
            var path = Path.Combine(folder.FullName, "source.csv");
            Portfolio.Export(path, rows, Entries, changed: 0);
            // Once without a clock: the file is in the memory of the operating system for both.
            await SourceHost.MeasureAsync(SourceHost.BareMode, folder.FullName);
            var bare = await SourceHost.MeasureAsync(SourceHost.BareMode, folder.FullName);
            var product = await SourceHost.MeasureAsync(SourceHost.Mode, folder.FullName, Entries.ToString(CultureInfo.InvariantCulture));
            RunFailedException.RequireEqual(rows, bare.Rows, "Rows that the bare loop read");
            RunFailedException.RequireEqual(rows, product.Rows, "Rows read");
            RunFailedException.RequireEqual(Entries, product.Matched, "Rows with an entry");
            return (product, bare);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

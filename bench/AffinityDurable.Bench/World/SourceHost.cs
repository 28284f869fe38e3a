using System.Diagnostics;
using System.Text.Json;
using AffinityDurable.Bench.Peers;
using AffinityDurable.Bench.Product;

namespace AffinityDurable.Bench.World;

/// <summary>The hidden modes in which this program reads one export and says what that took: memory is told apart by processes only.</summary>
internal static class SourceHost
{
    /// <summary>Followed by the folder of the export and the entries of the list.</summary>
    public const string Mode = "source-host";

    public const string BareMode = "bare-source-host";

    public static async Task<int> RunAsync(string[] args)
    {
        using var reading = await StagedExport.PrepareAsync(args[0], int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture));
        return await TellAsync(reading.ReadAsync);
    }

    public static Task<int> RunBareAsync(string[] args) => TellAsync(() => Task.FromResult(BareReader.Read(StagedExport.FileOf(args[0]))));

    /// <summary>Reads in a process of its own.</summary>
    public static async Task<ReadExport> MeasureAsync(params string[] arguments)
    {
        using var child = Process.Start(SimulatorProcess.StartInfo(arguments))!;
        var answer = await child.StandardOutput.ReadLineAsync();
        await child.WaitForExitAsync();
        return answer is null ? throw new RunFailedException("The reader ended without an answer.") : JsonSerializer.Deserialize<ReadExport>(answer)!;
    }

    private static async Task<int> TellAsync(Func<Task<(long Rows, long Matched)>> read)
    {
        var watch = Stopwatch.StartNew();
        var (rows, matched) = await read();
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(new ReadExport(rows, matched, watch.Elapsed.TotalSeconds, Memory.PeakMegabytes())));
        return 0;
    }
}

/// <param name="Rows">Rows read.</param>
/// <param name="Matched">Rows that found an entry.</param>
/// <param name="Seconds">From opening the source to its last row.</param>
/// <param name="PeakMegabytes">Most resident memory of the process.</param>
internal sealed record ReadExport(long Rows, long Matched, double Seconds, double PeakMegabytes);

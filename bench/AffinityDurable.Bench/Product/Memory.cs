using System.Diagnostics;

namespace AffinityDurable.Bench.Product;

internal static class Memory
{
    /// <summary>The most memory that this process has held so far, as the operating system counts it (resident set).</summary>
    public static double PeakMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / (1024.0 * 1024.0);
    }
}

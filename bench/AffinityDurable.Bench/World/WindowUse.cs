namespace AffinityDurable.Bench.World;

/// <summary>How much of what the limit allows was used while there was something to write.</summary>
internal static class WindowUse
{
    /// <summary>Calls that passed from the first PATCH to the start of the last window, in percent of limit x elapsed / window.</summary>
    /// <param name="calls">All calls of a run, in order.</param>
    /// <param name="limit">Calls of a window.</param>
    /// <param name="window">Length of a window, which starts at the first call after the end of the one before.</param>
    public static double Percent(IReadOnlyList<LoggedCall> calls, int limit, TimeSpan window)
    {
        var passed = calls.Where(call => call.Status != 429).ToList();
        var from = passed.First(call => call.Method == "PATCH").At;
        var to = LastWindowStart(passed, window);
        RunFailedException.Require(to > from, "The run did not go beyond one window.");
        var made = passed.Count(call => call.At >= from && call.At < to);
        return 100 * made / (limit * ((to - from) / window));
    }

    private static DateTimeOffset LastWindowStart(List<LoggedCall> passed, TimeSpan window)
    {
        var start = passed[0].At;
        foreach (var call in passed)
        {
            start = call.At - start >= window ? call.At : start;
        }

        return start;
    }
}

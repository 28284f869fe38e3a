namespace AffinityDurable.Core.Tests.Matching;

/// <summary>Counts what this thread allocates.</summary>
internal static class Allocated
{
    /// <summary>Bytes of the second thousand of calls: the first brings everything to life.</summary>
    public static long ByThousand(Action<int> call)
    {
        var before = 0L;
        for (var i = 0; i < 2000; i++)
        {
            if (i == 1000)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            call(i);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}

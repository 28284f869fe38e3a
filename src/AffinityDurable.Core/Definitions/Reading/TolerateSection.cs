namespace AffinityDurable.Core.Definitions.Reading;

/// <summary><c>tolerate</c>.</summary>
internal static class TolerateSection
{
    /// <summary>The rejects that leave a run Succeeded.</summary>
    public static int Read(MapReader? tolerate)
    {
        var rejects = tolerate?.Integer("rejects", 0, 0, int.MaxValue) ?? 0;
        tolerate?.Close();
        return rejects;
    }
}

namespace AffinityDurable.Bench.Scenarios;

/// <summary>The fewest calls that can do the work.</summary>
internal static class FewestCalls
{
    private const int EntriesPerPage = 100;

    /// <summary>The list itself, its fields, and the options of each mapped dropdown.</summary>
    private const int Metadata = 2 + World.Portfolio.Dropdowns;

    /// <summary>One call a page of the list, one a changed entry, and the metadata.</summary>
    public static int For(int entries, int changed) => PagesOf(entries) + changed + Metadata;

    /// <summary>To read what was changed once more: its pages, or its entries.</summary>
    public static int ToVerify(int entries, int changed) => Math.Min(PagesOf(entries), changed);

    private static int PagesOf(int entries) => (entries + EntriesPerPage - 1) / EntriesPerPage;
}

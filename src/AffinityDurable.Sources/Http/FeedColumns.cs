using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Http.Records;

namespace AffinityDurable.Sources.Http;

/// <summary>The columns of a feed that has been read.</summary>
internal static class FeedColumns
{
    // So many records show every column of theirs; a few that changed need not.
    private const int Telling = 20;

    /// <exception cref="ProblemException">Two have one name (AFF208), one is gone (AFF282), or nothing shows them (AFF281).</exception>
    public static IReadOnlyList<string> Of(HttpSettings settings, RecordColumns columns, FeedMemory memory, RecordSpool spool)
    {
        columns.RequireNamesOfTheirOwn();
        if (spool.Rows > 0)
        {
            return (!memory.DeliversChanges || spool.Rows >= Telling) && columns.Unseen.FirstOrDefault() is { } gone
                ? throw new ProblemException(Problem.Of(FeedErrors.ColumnGone, $"No record of {settings.Url} has '{gone}'."))
                : Known(settings, columns, memory);
        }

        return columns.Names.Count > 0 ? columns.Names
            : memory.Columns.Count > 0 ? memory.Columns
            : throw new ProblemException(Problem.Of(FeedErrors.ColumnsUnknown, $"{settings.Url} gave no record, and none before."));
    }

    /// <summary>The few records that changed need not show every column; the whole truth has to.</summary>
    private static IReadOnlyList<string> Known(HttpSettings settings, RecordColumns columns, FeedMemory memory) => settings.Columns.Count == 0 && memory.DeliversChanges
        ? [.. columns.Names.Union(memory.Columns, StringComparer.OrdinalIgnoreCase)]
        : columns.Names;
}

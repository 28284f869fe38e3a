using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Matching;

/// <summary><see cref="StagedColumns"/> as positions in a source; -1 where there is none.</summary>
internal readonly record struct BoundColumns(int[] Mapped, int AsOf, int LatestBy, string? LatestByName)
{
    /// <exception cref="ProblemException">A column is missing (AFF301).</exception>
    public static BoundColumns Bind(IReadOnlyList<string> there, StagedColumns columns) =>
        SourceColumns.Missing(there, [], columns.Needed) is { Count: > 0 } missing
            ? throw new ProblemException(missing)
            : new BoundColumns([.. columns.Mapped.Select(name => At(there, name))], At(there, columns.AsOf), At(there, columns.LatestBy), columns.LatestBy);

    private static int At(IReadOnlyList<string> there, string? name) => name is null ? -1 : SourceColumns.IndexOf(there, name);
}

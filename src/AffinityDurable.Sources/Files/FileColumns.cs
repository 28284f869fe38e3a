using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.Files;

/// <summary>The columns of a source of several files: the same in all of them, in whatever order.</summary>
internal static class FileColumns
{
    /// <summary>Those of the first file, in its order, then those of its folders, then what only later files have where that is allowed.</summary>
    /// <exception cref="ProblemException">Columns or their types differ (AFF233, AFF234), two have one name (AFF208), or there are none (AFF206).</exception>
    public static IReadOnlyList<string> Of(IReadOnlyList<FilePart> parts)
    {
        List<string> columns = [.. NamesOf(parts[0])];
        var known = Set(columns);
        foreach (var part in parts.Skip(1))
        {
            var names = NamesOf(part);
            RequireSameFolders(parts[0], part);
            if (part.MayLackColumns)
            {
                columns.AddRange(names.Where(known.Add));
            }
            else
            {
                RequireSame(parts[0], part, known, Set(names));
            }
        }

        RequireUnique(parts, columns);
        return columns.Count > 0 ? columns : throw Differ(SourceErrors.NoHeader, $"'{parts[0].File.Name}' has no rows, and so no columns.");
    }

    private static IEnumerable<string> NamesOf(FilePart part) => [.. part.Columns, .. part.File.Partitions.Select(partition => partition.Name)];

    private static HashSet<string> Set(IEnumerable<string> names) => new(names, StringComparer.OrdinalIgnoreCase);

    private static void RequireSameFolders(FilePart first, FilePart part)
    {
        if (!Set(first.File.Partitions.Select(partition => partition.Name)).SetEquals(part.File.Partitions.Select(partition => partition.Name)))
        {
            throw Differ(FileErrors.ColumnsDiffer, $"The folders of '{part.File.Name}' do not give the same columns as those of '{first.File.Name}'.");
        }
    }

    private static void RequireSame(FilePart first, FilePart part, HashSet<string> known, HashSet<string> names)
    {
        var missing = known.Except(names, StringComparer.OrdinalIgnoreCase).Select(name => $"'{name}' is missing").ToList();
        var extra = names.Except(known, StringComparer.OrdinalIgnoreCase).Select(name => $"'{name}' is new").ToList();
        if (missing.Count + extra.Count > 0)
        {
            throw Differ(FileErrors.ColumnsDiffer, $"'{part.File.Name}' has other columns than '{first.File.Name}': {string.Join(", ", missing.Concat(extra).Take(10))}.");
        }

        foreach (var name in part.Columns)
        {
            var (here, there) = (part.TypeOf(name), first.TypeOf(name));
            if (here != there)
            {
                throw Differ(FileErrors.ColumnTypeDiffers, $"Column '{name}' is {here} in '{part.File.Name}' and {there} in '{first.File.Name}'.");
            }
        }
    }

    private static void RequireUnique(IReadOnlyList<FilePart> parts, List<string> columns)
    {
        var twice = columns.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Skip(1).Any())?.Key;
        if (twice is null)
        {
            return;
        }

        var folders = parts[0].File.Partitions.Any(partition => string.Equals(partition.Name, twice, StringComparison.OrdinalIgnoreCase));
        throw Differ(SourceErrors.DuplicateColumns, $"'{parts[0].File.Name}' has the column '{twice}' twice{(folders ? ": a folder of its path gives it too" : ", in different case")}.");
    }

    private static ProblemException Differ(ErrorCode code, string message) => new(Problem.Of(code, message));
}

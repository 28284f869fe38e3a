using AffinityDurable.Sources.Duck;
using AffinityDurable.Sources.Files;

namespace AffinityDurable.Sources.Parquet;

/// <summary>Parquet files, read by DuckDB. A plain read gives text, a query sees the types of the files.</summary>
internal sealed class ParquetSourceAdapter(FileIntake intake) : FileSourceAdapter(intake)
{
    public override string Name => "parquet";

    protected override (IReadOnlyList<FilePart> Parts, DuckDbSandbox Sandbox) Prepare(
        IReadOnlyList<SourceFile> files, FileSettings settings, WorkFolder folder, ResourceStack resources, CancellationToken cancellationToken)
    {
        var paths = files.Select(file => PathFor(file, folder)).ToList();
        var sandbox = resources.Add(new DuckDbSandbox(Options, folder, paths));
        List<ParquetPart> parts = [];
        foreach (var (file, path) in files.Zip(paths))
        {
            cancellationToken.ThrowIfCancellationRequested();
            parts.Add(ParquetPart.Open(file, path, sandbox));
        }

        return (parts, sandbox);
    }

    /// <summary>DuckDB takes * ? [ in a path for a pattern: a link has a name without them.</summary>
    private static string PathFor(SourceFile file, WorkFolder folder)
    {
        if (!file.RealPath.AsSpan().ContainsAny("*?["))
        {
            return file.RealPath;
        }

        var link = folder.NewFile("link.parquet");
        File.CreateSymbolicLink(link, file.RealPath);
        return link;
    }
}

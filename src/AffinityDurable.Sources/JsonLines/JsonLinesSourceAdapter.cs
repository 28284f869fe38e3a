using AffinityDurable.Sources.Duck;
using AffinityDurable.Sources.Files;

namespace AffinityDurable.Sources.JsonLines;

/// <summary>
/// Files with one JSON object a line. Reading is ours, because DuckDB takes numbers through binary floating point and would lose digits of them;
/// queries are DuckDB's, over a spool of the same cells.
/// </summary>
internal sealed class JsonLinesSourceAdapter(FileIntake intake) : FileSourceAdapter(intake)
{
    public override string Name => "jsonl";

    protected override (IReadOnlyList<FilePart> Parts, DuckDbSandbox Sandbox) Prepare(
        IReadOnlyList<SourceFile> files, FileSettings settings, WorkFolder folder, ResourceStack resources, CancellationToken cancellationToken)
    {
        var parts = files.Select(file => resources.Add(JsonLinesPart.Scan(file, folder, cancellationToken))).ToList();
        if (!string.IsNullOrWhiteSpace(settings.Query))
        {
            parts.ForEach(part => part.Spool(folder, cancellationToken));
        }

        return (parts, resources.Add(new DuckDbSandbox(Options, folder, parts.SelectMany(part => part.Readable))));
    }
}

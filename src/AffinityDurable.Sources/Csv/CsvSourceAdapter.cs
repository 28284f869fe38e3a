using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Sources.Duck;
using AffinityDurable.Sources.Files;

namespace AffinityDurable.Sources.Csv;

/// <summary>
/// Delimited files with a header, in UTF-8. Framing and counting are ours, reading and queries are DuckDB's; that both count the same is checked.
/// Every column is text.
/// </summary>
internal sealed class CsvSourceAdapter(FileIntake intake) : FileSourceAdapter(intake)
{
    public override string Name => "csv";

    protected override FileSettings Read(MapReader keys) => base.Read(keys) with { Delimiter = FileKeys.Delimiter(keys) };

    protected override (IReadOnlyList<FilePart> Parts, DuckDbSandbox Sandbox) Prepare(
        IReadOnlyList<SourceFile> files, FileSettings settings, WorkFolder folder, ResourceStack resources, CancellationToken cancellationToken)
    {
        var scans = files.Select(file => resources.Add(CsvScan.Run(file, settings.Delimiter, folder, cancellationToken))).ToList();
        return (scans, resources.Add(new DuckDbSandbox(Options, folder, scans.SelectMany(scan => scan.Readable))));
    }
}

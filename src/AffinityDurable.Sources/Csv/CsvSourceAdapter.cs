using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Duck;
using AffinityDurable.Sources.Files;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Sources.Csv;

/// <summary>
/// Delimited files with a header, in UTF-8. Framing and counting are ours, reading and queries are DuckDB's; that both count the same is checked.
/// Every column is text.
/// </summary>
internal sealed class CsvSourceAdapter(IOptions<SourceOptions> options) : SourceAdapter<FileSettings>
{
    public override string Name => "csv";

    public Task<ISourceReader> OpenAsync(FileSettings settings, string baseDirectory, CancellationToken cancellationToken) =>
        Task.Run<ISourceReader>(() => Open(settings, baseDirectory, cancellationToken), cancellationToken);

    protected override FileSettings Read(MapReader keys) => new(FileKeys.Path(keys), FileKeys.Query(keys), FileKeys.Delimiter(keys));

    protected override SourceTraits TraitsOf(FileSettings settings) => new() { Place = settings.Path };

    protected override Task<ISourceReader> OpenAsync(FileSettings settings, SourceRequest request, CancellationToken cancellationToken) =>
        OpenAsync(settings, request.BaseDirectory, cancellationToken);

    private CsvReader Open(FileSettings settings, string baseDirectory, CancellationToken cancellationToken)
    {
        var file = SourceFile.Find(settings.Path, baseDirectory, options.Value);
        var resources = new ResourceStack();
        try
        {
            var folder = resources.Add(new WorkFolder(options.Value));
            var scan = resources.Add(CsvScan.Run(file, settings.Delimiter, folder, cancellationToken));
            var sandbox = resources.Add(new DuckDbSandbox(options.Value, folder, scan.RowsPath));
            return new CsvReader(file, scan, sandbox, settings.Query, resources);
        }
        catch
        {
            resources.Dispose();
            throw;
        }
    }
}

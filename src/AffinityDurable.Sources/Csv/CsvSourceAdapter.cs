using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Duck;
using AffinityDurable.Sources.Files;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Sources.Csv;

/// <summary>
/// Delimited files with a header, in UTF-8. Framing and counting are ours, reading and queries are DuckDB's; that both count the same is checked.
/// Every column is text.
/// </summary>
internal sealed class CsvSourceAdapter(IOptions<SourceOptions> options) : ISourceAdapter
{
    public string Type => "csv";

    public Task<ISourceReader> OpenAsync(SourceDefinition source, string baseDirectory, CancellationToken cancellationToken) =>
        Task.Run<ISourceReader>(() => Open(source, baseDirectory, cancellationToken), cancellationToken);

    private CsvReader Open(SourceDefinition source, string baseDirectory, CancellationToken cancellationToken)
    {
        var file = SourceFile.Find(source, baseDirectory, options.Value);
        var resources = new ResourceStack();
        try
        {
            var folder = resources.Add(new WorkFolder(options.Value));
            var scan = resources.Add(CsvScan.Run(file, source.Delimiter, folder, cancellationToken));
            var sandbox = resources.Add(new DuckDbSandbox(options.Value, folder, scan.RowsPath));
            return new CsvReader(file, scan, sandbox, source.Query, resources);
        }
        catch
        {
            resources.Dispose();
            throw;
        }
    }
}

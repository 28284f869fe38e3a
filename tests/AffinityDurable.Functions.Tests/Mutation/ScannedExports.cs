using System.Globalization;
using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources;
using AffinityDurable.Sources.Csv;
using AffinityDurable.Sources.Duck;
using AffinityDurable.Sources.Files;

namespace AffinityDurable.Functions.Tests.Mutation;

/// <summary>The product's reader of delimited files over many files at once: they share a database, because opening one takes longest.</summary>
internal sealed class ScannedExports : ISourceAdapter, IDisposable
{
    private readonly ResourceStack resources = new();
    private readonly Dictionary<string, CsvScan> scans = [];
    private readonly Dictionary<string, ProblemException> refusals = [];
    private readonly DuckDbSandbox sandbox;

    public ScannedExports(string folder, IEnumerable<int> numbers)
    {
        var options = new SourceOptions { Threads = 1, TempDirectory = folder };
        foreach (var number in numbers)
        {
            var path = PathOf(number);
            File.WriteAllBytes(Path.Combine(folder, path), MutatedExport.Of(number));
            var file = SourceFile.Find(path, folder, options);
            try
            {
                scans[path] = resources.Add(CsvScan.Run(file, delimiter: null, resources.Add(new WorkFolder(options)), CancellationToken.None));
            }
            catch (ProblemException refusal)
            {
                refusals[path] = refusal;
            }
        }

        sandbox = resources.Add(new DuckDbSandbox(options, resources.Add(new WorkFolder(options)), scans.Values.Select(scan => scan.RowsPath)));
    }

    public string Name => "csv";

    public SourceTraits Check(MapReader keys) => new();

    public static string PathOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{number}.csv");

    public Task<ISourceReader> OpenAsync(SourceRequest request, CancellationToken cancellationToken)
    {
        if (refusals.TryGetValue(request.Source.Place!, out var refusal))
        {
            throw refusal;
        }

        return Task.FromResult<ISourceReader>(new FileReader([scans[request.Source.Place!]], sandbox, query: null, new ResourceStack()));
    }

    public void Dispose() => resources.Dispose();
}

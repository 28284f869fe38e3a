namespace AffinityDurable.Cli.Demo;

/// <summary>The folder of one demo: the sample definition with its file, and the state.</summary>
internal sealed class DemoFolder : IDisposable
{
    private static readonly string[] Samples = ["portfolio-metrics.yaml", "portfolio-metrics.csv"];

    private readonly string? temporary;

    /// <param name="keepIn">Where a folder of this demo is made and kept; null for one that goes away with it.</param>
    public DemoFolder(string? keepIn)
    {
        temporary = keepIn is null ? Directory.CreateTempSubdirectory("affinity-durable-demo-").FullName : null;

        // The simulated account is new every time: what an earlier demo has left would not fit it.
        var folder = temporary ?? Path.Combine(keepIn!, $"demo-{Guid.NewGuid():N}");
        Definitions = Path.Combine(folder, "syncs");
        State = Path.Combine(folder, "state");
        Directory.CreateDirectory(Definitions);
        foreach (var sample in Samples)
        {
            using var file = File.Create(Path.Combine(Definitions, sample));
            using var content = Open(sample);
            content.CopyTo(file);
        }
    }

    public string Definitions { get; }

    public string State { get; }

    /// <summary>A sample as it is in <c>samples/demo</c>.</summary>
    public static Stream Open(string sample) => typeof(DemoFolder).Assembly.GetManifestResourceStream($"demo/{sample}")
        ?? throw new InvalidOperationException($"The program lacks its sample {sample}.");

    public void Dispose()
    {
        if (temporary is not null)
        {
            Directory.Delete(temporary, recursive: true);
        }
    }
}

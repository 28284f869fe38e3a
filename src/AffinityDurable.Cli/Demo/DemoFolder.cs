namespace AffinityDurable.Cli.Demo;

/// <summary>The folder of one demo: the sample definition with its file, and the state.</summary>
internal sealed class DemoFolder : IDisposable
{
    private static readonly string[] Samples = ["portfolio-metrics.yaml", "portfolio-metrics.csv"];

    private readonly string temporary;

    /// <param name="state">State directory that is kept; null for one that goes away with the demo.</param>
    public DemoFolder(string? state)
    {
        temporary = Directory.CreateTempSubdirectory("affinity-durable-demo-").FullName;
        Definitions = Path.Combine(temporary, "syncs");
        State = state ?? Path.Combine(temporary, "state");
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

    public void Dispose() => Directory.Delete(temporary, recursive: true);
}

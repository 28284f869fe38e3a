namespace AffinityDurable.Sources.Files.Arrivals;

/// <summary>A file of which somebody says that it has arrived.</summary>
/// <param name="Scheme"><c>az</c>, <c>s3</c> or <c>file</c>.</param>
/// <param name="Container">Container or bucket; empty for a file of this machine.</param>
/// <param name="Path">Within the container, with <c>/</c> between folders; for a file of this machine its full path.</param>
/// <param name="Version">Changes when the content does; null where nobody said it.</param>
public sealed record ArrivedFile(string Scheme, string Container, string Path, string? Version)
{
    /// <summary>A file in Azure Blob Storage.</summary>
    public const string Azure = "az";

    /// <summary>A file in S3 or a service that speaks its protocol.</summary>
    public const string S3 = "s3";

    /// <summary>A file of this machine.</summary>
    public const string Local = "file";

    /// <summary>As definitions write it.</summary>
    public string Name => Scheme == Local ? Path : $"{Scheme}://{Container}/{Path}";
}

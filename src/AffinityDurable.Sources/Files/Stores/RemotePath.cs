using System.Text.RegularExpressions;

namespace AffinityDurable.Sources.Files.Stores;

/// <summary>A path in a storage service: <c>az://container/path</c> or <c>s3://bucket/path</c>.</summary>
/// <param name="Scheme">Which kind of service.</param>
/// <param name="Container">Container or bucket.</param>
/// <param name="Path">Within it; never empty.</param>
internal sealed partial record RemotePath(string Scheme, string Container, string Path)
{
    public const string Azure = "az";

    public const string S3 = "s3";

    /// <summary>Null for a path of this machine.</summary>
    public static RemotePath? Parse(string path) => Pattern().Match(path) is { Success: true } match
        ? new RemotePath(match.Groups["scheme"].Value, match.Groups["container"].Value, match.Groups["path"].Value)
        : null;

    [GeneratedRegex(@"\A(?<scheme>az|s3)://(?<container>[^/*?]+)/(?<path>.+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}

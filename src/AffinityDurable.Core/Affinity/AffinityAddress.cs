using System.Globalization;
using System.Text;

namespace AffinityDurable.Core.Affinity;

/// <summary>Builds addresses under the base, and says which next-page addresses may be followed.</summary>
internal sealed class AffinityAddress
{
    private readonly Uri root;

    public AffinityAddress(Uri baseAddress)
    {
        Base = baseAddress;
        var text = baseAddress.AbsoluteUri;
        root = new Uri(text.EndsWith('/') ? text : text + "/");
    }

    public Uri Base { get; }

    /// <summary>The address of a path under <c>/v2/</c>.</summary>
    public Uri Of(string path) => new(root, "v2/" + path);

    /// <summary>The address of a page of 100 with repeated keys: a comma list is not understood.</summary>
    public Uri Page(string path, string? key = null, IEnumerable<string>? values = null) =>
        Of(Query(path, string.Create(CultureInfo.InvariantCulture, $"limit={AffinityApi.PageSize}"), key, values));

    /// <summary>The address of a path with repeated keys.</summary>
    public Uri Of(string path, string key, IEnumerable<string> values) => Of(Query(path, null, key, values));

    /// <summary>Whether a next-page address leads to the same API: the key is sent there, so it is not followed anywhere else.</summary>
    public bool Admits(Uri next) =>
        next.IsAbsoluteUri
        && next.Scheme == root.Scheme
        && next.Port == root.Port
        && string.Equals(next.IdnHost, root.IdnHost, StringComparison.OrdinalIgnoreCase)
        && next.UserInfo.Length == 0
        && next.AbsolutePath.StartsWith(root.AbsolutePath + "v2/", StringComparison.Ordinal);

    private static string Query(string path, string? first, string? key, IEnumerable<string>? values)
    {
        var text = new StringBuilder(path);
        var mark = '?';
        if (first is not null)
        {
            text.Append(mark).Append(first);
            mark = '&';
        }

        foreach (var value in values ?? [])
        {
            text.Append(mark).Append(key).Append('=').Append(Uri.EscapeDataString(value));
            mark = '&';
        }

        return text.ToString();
    }
}

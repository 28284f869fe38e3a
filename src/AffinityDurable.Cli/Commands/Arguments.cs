using System.CommandLine.Parsing;

namespace AffinityDurable.Cli.Commands;

/// <summary>Reads arguments whose form is checked before anything is done.</summary>
internal static class Arguments
{
    public static Uri? HttpUrl(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps))
        {
            return url;
        }

        result.AddError($"'{text}' is not an http or https address.");
        return null;
    }

    /// <summary>Who can reach the address may start runs: it has to stay on this machine.</summary>
    public static Uri? LoopbackUrl(ArgumentResult result)
    {
        if (HttpUrl(result) is not { } url)
        {
            return null;
        }

        if (!url.IsLoopback)
        {
            result.AddError($"'{url.Host}' can be reached from other machines; only loopback addresses are served, such as http://127.0.0.1:7272.");
        }

        return url;
    }
}

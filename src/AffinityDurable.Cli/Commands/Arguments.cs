using System.CommandLine.Parsing;
using System.Net;

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

    public static IPAddress? IpAddress(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (IPAddress.TryParse(text, out var address))
        {
            return address;
        }

        result.AddError($"'{text}' is not an IP address, such as 127.0.0.1 or 0.0.0.0.");
        return null;
    }
}

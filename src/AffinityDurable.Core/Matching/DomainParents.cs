using System.Collections.Frozen;

namespace AffinityDurable.Core.Matching;

/// <summary>The domains above a host that can still stand for the same company.</summary>
internal static class DomainParents
{
    /// <summary>Hosts below which everybody has a name: what is below them says nothing about who owns them.</summary>
    private static readonly FrozenSet<string> Shared = FrozenSet.Create(
        StringComparer.Ordinal,
        "about.me", "amazonaws.com", "angel.co", "appspot.com", "azurewebsites.net", "bandcamp.com", "bitbucket.io", "blob.core.windows.net", "blogspot.com",
        "bubbleapps.io", "business.site", "carrd.co", "cloudapp.net", "cloudfront.net", "crunchbase.com", "facebook.com", "firebaseapp.com", "fly.dev",
        "framer.app", "framer.website", "ghost.io", "gitbook.io", "github.com", "github.io", "gitlab.io", "godaddysites.com", "google.com", "herokuapp.com",
        "hubspotpagebuilder.com", "hs-sites.com", "instagram.com", "jimdofree.com", "jimdosite.com", "linkedin.com", "medium.com", "myshopify.com", "mystrikingly.com",
        "netlify.app", "notion.site", "onrender.com", "pages.dev", "producthunt.com", "railway.app", "readthedocs.io", "sharepoint.com", "shopify.com", "site123.me",
        "softr.app", "squarespace.com", "strikingly.com", "substack.com", "super.site", "surge.sh", "tumblr.com", "twitter.com", "typeform.com", "unbounce.com", "vercel.app",
        "webflow.io", "weebly.com", "wixsite.com", "wixstudio.io", "wordpress.com", "workers.dev", "wpengine.com", "x.com", "youtube.com", "zendesk.com");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> SharedHosts = Shared.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Names below a country under which others register theirs, as in <c>co.uk</c>.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Registries = FrozenSet.Create(
        StringComparer.Ordinal,
        "ac", "co", "com", "edu", "gen", "go", "gob", "gov", "govt", "gv", "id", "ind", "ltd", "me", "mil", "ne", "net", "nhs", "nom", "or", "org", "plc", "police", "sch", "school", "web")
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The domain one label above a host in the form of <see cref="DomainKey"/>; empty where it is a registry or shared by many.</summary>
    public static ReadOnlySpan<char> Above(ReadOnlySpan<char> host)
    {
        var parent = host[(host.IndexOf('.') + 1)..];
        return IsRegistry(parent) || SharedHosts.Contains(parent) ? default : parent;
    }

    private static bool IsRegistry(ReadOnlySpan<char> domain)
    {
        var dot = domain.IndexOf('.');
        return dot < 0 || (domain.Length - dot == 3 && Registries.Contains(domain[..dot]));
    }
}

using System.Text.RegularExpressions;
using AffinityDurable.Sources.Http.Access;

namespace AffinityDurable.Sources.Http.Paging;

/// <summary>The answer has the address of the next page, in a <c>Link</c> header (RFC 8288) or in its body.</summary>
internal sealed partial class LinkPager(PagingSettings paging, FeedAddress address) : Pager
{
    public override FeedCall First(FeedCall call) => Sized(call, paging);

    public override FeedCall? Next(FeedPage page)
    {
        var next = paging.By == PageBy.Link ? LinkOf(page.Answer.Links) : paging.Path?.FindText(page.Root);
        return next is null ? null : page.Call with { Url = address.Follow(page.Answer.Address, next, "address of the next page"), Parameters = [] };
    }

    private static string? LinkOf(IReadOnlyList<string> headers) => headers
        .SelectMany(header => Link().Matches(header))
        .FirstOrDefault(link => Next().IsMatch(link.Groups["parameters"].Value))?.Groups["target"].Value;

    [GeneratedRegex("""<(?<target>[^<>]*)>(?<parameters>(?:\s*;\s*[A-Za-z*]+\s*(?:=\s*(?:"[^"]*"|[^\s",;]+))?)*)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("""(?:^|;)\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next(?=[\s;]|$))""", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Next();
}

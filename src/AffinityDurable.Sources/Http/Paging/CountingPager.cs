using System.Net;
using System.Text.Json.Nodes;

namespace AffinityDurable.Sources.Http.Paging;

/// <summary>
/// Counts pages or records. The last page is the one without records, or one with fewer than a page before it: a page with fewer than were asked
/// for is no sign, since feeds give less than is asked for when that is more than they allow.
/// </summary>
internal sealed class CountingPager(PagingSettings paging) : Pager
{
    private int pages;
    private int records;
    private int mostOnAPage;

    /// <summary>Some feeds know no page behind the last one.</summary>
    public override bool IsEnd(HttpStatusCode status) => pages > 0 && status == HttpStatusCode.NotFound;

    public override FeedCall First(FeedCall call) => At(Sized(call, paging));

    public override FeedCall? Next(FeedPage page)
    {
        pages++;
        records += page.Records;
        if (page.Records == 0 || page.Records < mostOnAPage)
        {
            return null;
        }

        mostOnAPage = page.Records;
        return At(page.Call);
    }

    private FeedCall At(FeedCall call) => call.With(paging.Parameter, JsonValue.Create(paging.By == PageBy.Page ? paging.First + pages : records));
}

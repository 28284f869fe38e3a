using System.Net;
using System.Text.Json.Nodes;
using AffinityDurable.Sources.Http.Access;

namespace AffinityDurable.Sources.Http.Paging;

/// <summary>Knows the first request of a feed and, after each page, the next one.</summary>
internal abstract class Pager
{
    /// <summary>Whether the end of the feed may be an error instead of a page without records.</summary>
    public virtual bool IsEnd(HttpStatusCode status) => false;

    public static Pager Of(PagingSettings? paging, FeedAddress address) => paging switch
    {
        null => new OnePage(),
        { By: PageBy.Cursor } => new CursorPager(paging),
        { By: PageBy.Page or PageBy.Offset } => new CountingPager(paging),
        _ => new LinkPager(paging, address),
    };

    public virtual FeedCall First(FeedCall call) => call;

    /// <summary>Null after the last page.</summary>
    public abstract FeedCall? Next(FeedPage page);

    protected static FeedCall Sized(FeedCall call, PagingSettings paging) =>
        paging is { SizeParameter: { } parameter, Size: { } size } ? call.With(parameter, JsonValue.Create(size)) : call;

    private sealed class OnePage : Pager
    {
        public override FeedCall? Next(FeedPage page) => null;
    }
}

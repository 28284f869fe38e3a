using System.Text.Json.Nodes;

namespace AffinityDurable.Sources.Http.Paging;

/// <summary>The answer has a text that the next request repeats; without one it was the last.</summary>
internal sealed class CursorPager(PagingSettings paging) : Pager
{
    public override FeedCall First(FeedCall call) => Sized(call, paging);

    public override FeedCall? Next(FeedPage page) =>
        paging.Path?.FindText(page.Root) is { } cursor ? page.Call.With(paging.Parameter, JsonValue.Create(cursor)) : null;
}

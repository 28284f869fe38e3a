using AffinityDurable.Core.Definitions.Reading;

namespace AffinityDurable.Sources.Http.Paging;

/// <summary>Reads <c>paging</c>.</summary>
internal static class PagingKeys
{
    private const int MostRecords = 100_000;

    public static PagingSettings? Read(MapReader source)
    {
        if (source.Map("paging", kind: _ => "source.http.paging") is not { } keys)
        {
            return null;
        }

        var by = PageBy.Cursor;
        if (keys.Node("by", required: true) is not null)
        {
            by = keys.Word("by", by);
        }

        var settings = new PagingSettings
        {
            By = by,
            Path = by is PageBy.Cursor or PageBy.Next ? HttpKeys.Path(keys, "path", required: true) : null,
            Parameter = by switch
            {
                PageBy.Cursor => HttpKeys.Required(keys, "parameter"),
                PageBy.Page => keys.Text("parameter")?.Value ?? "page",
                PageBy.Offset => keys.Text("parameter")?.Value ?? "offset",
                _ => "",
            },
            SizeParameter = keys.Text("sizeParameter")?.Value,
            Size = keys.Node("size") is null ? null : keys.Integer("size", 100, 1, MostRecords),
            First = by == PageBy.Page ? keys.Integer("first", 1, 0, 1) : 1,
            Total = HttpKeys.Path(keys, "total"),
            MaxPages = keys.Integer("maxPages", 10_000, 1, 1_000_000),
        };
        keys.Close();
        return settings with { SizeParameter = settings.SizeParameter ?? (settings.Size is null ? null : "limit") };
    }
}

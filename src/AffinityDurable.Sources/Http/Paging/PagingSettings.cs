using AffinityDurable.Sources.Http.Records;

namespace AffinityDurable.Sources.Http.Paging;

/// <summary><c>paging</c>.</summary>
internal sealed record PagingSettings
{
    public required PageBy By { get; init; }

    /// <summary>Where an answer says how to go on: the cursor, or the address of the next page.</summary>
    public JsonPath? Path { get; init; }

    /// <summary>Takes the cursor, the number of the page, or the offset.</summary>
    public string Parameter { get; init; } = "";

    /// <summary>Takes <see cref="Size"/>; null sends none.</summary>
    public string? SizeParameter { get; init; }

    /// <summary>Records in a page; null leaves it to the feed.</summary>
    public int? Size { get; init; }

    /// <summary>Number of the first page.</summary>
    public int First { get; init; } = 1;

    /// <summary>Where an answer says how many records there are in all.</summary>
    public JsonPath? Total { get; init; }

    public int MaxPages { get; init; } = 10_000;
}

/// <summary>How a feed says what comes next.</summary>
internal enum PageBy
{
    /// <summary>A text in the answer that the next request repeats.</summary>
    Cursor,

    /// <summary>The number of the page.</summary>
    Page,

    /// <summary>The number of records before it.</summary>
    Offset,

    /// <summary>A <c>Link</c> header with <c>rel="next"</c>.</summary>
    Link,

    /// <summary>An address in the answer.</summary>
    Next,
}

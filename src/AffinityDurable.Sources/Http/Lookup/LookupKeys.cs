using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.Http.Lookup;

/// <summary>Reads the keys of <c>mode: lookup</c>.</summary>
internal static class LookupKeys
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    /// <param name="source">The mapping.</param>
    /// <param name="settings">What is known of it so far.</param>
    public static LookupSettings Read(MapReader source, HttpSettings settings)
    {
        var (key, batch) = Batch(source);
        foreach (var column in settings.Columns.Intersect(LookupColumns.OfEntry, StringComparer.OrdinalIgnoreCase))
        {
            source.Report(FeedErrors.BadKey, $"'source.columns' has '{column}', which is a column of the entry.", source.Written, "Rename it in a query, or leave it out.");
        }

        return new LookupSettings
        {
            Key = key ?? Named(source, settings),
            Batch = batch,
            RefreshAfter = source.Duration("refreshAfter", Month, TimeSpan.FromMinutes(1), TimeSpan.FromDays(3650)),
            MaxLookupsPerRun = source.Integer("maxLookupsPerRun", 5_000, 1, 1_000_000),
            Concurrency = source.Integer("concurrency", 4, 1, 32),
        };
    }

    private static (LookupKey? Key, BatchSettings? Batch) Batch(MapReader source)
    {
        if (source.Map("batch", kind: _ => "source.http.batch") is not { } keys)
        {
            return (null, null);
        }

        var key = LookupKey.Domain;
        if (keys.Node("key", required: true) is not null)
        {
            key = keys.Word("key", key);
        }

        var batch = new BatchSettings(
            keys.Integer("size", 50, 1, 1_000),
            HttpKeys.Required(keys, "parameter"),
            keys.Text("separator")?.Value ?? ",",
            HttpKeys.Required(keys, "keyPath"));
        keys.Close();
        return (key, batch);
    }

    /// <summary>The one placeholder of an entry that the request has.</summary>
    private static LookupKey Named(MapReader source, HttpSettings settings)
    {
        var words = HttpKeys.Words<LookupKey>().ToList();
        var named = settings.Templates.SelectMany(Placeholders.NamesIn).Intersect(words, StringComparer.Ordinal).ToList();
        if (named.Count != 1)
        {
            source.Report(
                FeedErrors.BadKey,
                $"'source' names {(named.Count == 0 ? "no key" : "several keys")} of the entry.",
                source.Written,
                $"Put one of {{{string.Join("}, {", words)}}} into url, parameters or body, or use batch.");
        }

        return named.Count == 0 ? LookupKey.Domain : Enum.GetValues<LookupKey>()[words.IndexOf(named[0])];
    }
}

using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Definitions.Yaml;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Sources.Databases;

/// <summary>The keys of a source that is a query.</summary>
/// <param name="Connection">Name of the connection.</param>
/// <param name="Query">Gives all rows, or those that changed.</param>
/// <param name="TargetedQuery">Gives the rows of the entries of a restricted run.</param>
/// <param name="Limits">How long it may take, and how much it may give.</param>
internal sealed record QuerySettings(string Connection, SqlQuery Query, SqlQuery? TargetedQuery, QueryLimits Limits)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public SourceTraits Traits => new()
    {
        Delivers = Query.Asks(QueryParameter.LastSuccess) ? Delivery.Changes : Delivery.All,
        Place = Connection,
        IsRemote = true,
    };

    /// <summary>Reads every key; whatever is wrong becomes a finding.</summary>
    public static QuerySettings Read(MapReader keys, SqlDialect dialect)
    {
        var defaults = new QueryLimits();
        return new QuerySettings(
            keys.Text("connection", required: true)?.Value ?? "",
            ReadQuery(keys, "query", dialect, isTargeted: false) ?? new SqlQuery([], dialect),
            ReadQuery(keys, "targetedQuery", dialect, isTargeted: true),
            new QueryLimits
            {
                Timeout = keys.Duration("timeout", defaults.Timeout, Second, TimeSpan.FromDays(1)),
                ConnectTimeout = keys.Duration("connectTimeout", defaults.ConnectTimeout, Second, TimeSpan.FromMinutes(5)),
                MaxRows = keys.Integer("maxRows", defaults.MaxRows, 1, QueryLimits.MostRows),
            });
    }

    /// <summary>The query of a run. A restricted one asks the targeted query, unless it speaks of more entries than fit into one.</summary>
    public BoundQuery Bind(SourceRequest request) =>
        (request.Targets is null ? null : TargetedQuery?.Bind(request)) ?? Query.Bind(request)!;

    private static SqlQuery? ReadQuery(MapReader keys, string key, SqlDialect dialect, bool isTargeted) =>
        keys.Text(key, required: !isTargeted) is { } text ? new SqlReader(keys, key, text, dialect, isTargeted).Read() : null;
}

using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Connections;
using AffinityDurable.Sources.Databases;

namespace AffinityDurable.Sources.Snowflake;

/// <summary>Rows of a query over Snowflake, through its SQL API.</summary>
internal sealed class SnowflakeSourceAdapter(SourceConnections connections, TimeProvider? clock = null) : SourceAdapter<QuerySettings>
{
    private readonly TimeProvider clock = clock ?? TimeProvider.System;

    public override string Name => "snowflake";

    internal SnowflakePace Pace { get; init; } = new();

    protected override QuerySettings Read(MapReader keys) => QuerySettings.Read(keys, SnowflakeSql.Dialect);

    protected override SourceTraits TraitsOf(QuerySettings settings) => settings.Traits;

    protected override async Task<ISourceReader> OpenAsync(QuerySettings settings, SourceRequest request, CancellationToken cancellationToken)
    {
        var client = new SnowflakeClient(connections, settings.Connection, settings.Limits, Pace, clock);
        var deadline = new QueryDeadline(settings.Limits);
        var statement = new SnowflakeStatement(client, settings.Bind(request), settings.Limits, Pace, clock);
        using var either = deadline.Link(cancellationToken);
        try
        {
            var first = await statement.RunAsync(either.Token).ConfigureAwait(false);
            return new SnowflakeReader(client, statement, first, settings.Limits, deadline, request.Needed);
        }
        catch (Exception exception)
        {
            await statement.CancelAsync().ConfigureAwait(false);
            client.Dispose();
            var why = exception is OperationCanceledException
                ? deadline.Explain(exception, cancellationToken, _ => SnowflakeProblems.Lost(settings.Connection, isRunning: true, "the request was given up"))
                : exception;
            deadline.Dispose();
            throw why;
        }
    }
}

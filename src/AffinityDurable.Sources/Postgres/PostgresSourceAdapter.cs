using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Connections;
using AffinityDurable.Sources.Databases;
using Npgsql;
using NpgsqlTypes;

namespace AffinityDurable.Sources.Postgres;

/// <summary>Rows of a query over PostgreSQL, in a transaction that can only read.</summary>
internal sealed class PostgresSourceAdapter(SourceConnections connections) : SourceAdapter<QuerySettings>
{
    public override string Name => "postgres";

    protected override QuerySettings Read(MapReader keys) => QuerySettings.Read(keys, PostgresSql.Dialect);

    protected override SourceTraits TraitsOf(QuerySettings settings) => settings.Traits;

    protected override async Task<ISourceReader> OpenAsync(QuerySettings settings, SourceRequest request, CancellationToken cancellationToken)
    {
        var query = settings.Bind(request);
        var connection = await PostgresSession.OpenAsync(connections, settings.Connection, settings.Limits, cancellationToken).ConfigureAwait(false);
        var results = new ResultRules(reader => PostgresColumns.Of((NpgsqlDataReader)reader), exception => PostgresProblems.WhenReading(exception, query));
        return await DatabaseQuery.RunAsync(connection, Command(connection, query), settings.Limits, results, request.Needed, cancellationToken).ConfigureAwait(false);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, BoundQuery query)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // One SELECT of the definition, in a transaction that can only read; values are bound.
        command.CommandText = query.Text;
#pragma warning restore CA2100
        command.AllResultTypesAreUnknown = true;
        command.Parameters.AddRange(query.Parameters.Select(Parameter).ToArray());
        return command;
    }

    private static NpgsqlParameter Parameter(BoundParameter parameter) => parameter.Type switch
    {
        ParameterType.Timestamp => Parameter(NpgsqlDbType.TimestampTz, parameter.Value),
        ParameterType.Date => Parameter(NpgsqlDbType.Date, parameter.Value),
        ParameterType.Id => Parameter(NpgsqlDbType.Bigint, parameter.Value),
        _ => Parameter(NpgsqlDbType.Text, parameter.Value),
    };

    private static NpgsqlParameter Parameter(NpgsqlDbType type, object? value) => new() { NpgsqlDbType = type, Value = value ?? DBNull.Value };
}

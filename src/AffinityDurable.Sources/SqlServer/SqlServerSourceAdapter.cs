using System.Data;
using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Connections;
using AffinityDurable.Sources.Databases;
using Microsoft.Data.SqlClient;

namespace AffinityDurable.Sources.SqlServer;

/// <summary>Rows of a query over SQL Server or Azure SQL, in a transaction that is never committed.</summary>
internal sealed class SqlServerSourceAdapter(SourceConnections connections) : SourceAdapter<QuerySettings>
{
    private static readonly ResultRules Rules = new(SqlServerColumns.Of, Explain);

    public override string Name => "sqlserver";

    protected override QuerySettings Read(MapReader keys) => QuerySettings.Read(keys, SqlServerSql.Dialect);

    protected override SourceTraits TraitsOf(QuerySettings settings) => settings.Traits;

    protected override async Task<ISourceReader> OpenAsync(QuerySettings settings, SourceRequest request, CancellationToken cancellationToken)
    {
        var command = await SqlServerSession.OpenAsync(connections, settings.Connection, settings.Limits, cancellationToken).ConfigureAwait(false);
        var query = settings.Bind(request);
#pragma warning disable CA2100 // One SELECT of the definition; values are bound.
        command.CommandText = query.Text;
#pragma warning restore CA2100
        command.Parameters.AddRange([.. query.Parameters.Select((parameter, at) => Parameter(SqlServerSql.Dialect.Placeholder(at + 1), parameter))]);
        return await DatabaseQuery.RunAsync(command.Connection, command, settings.Limits, Rules, request.Needed, cancellationToken).ConfigureAwait(false);
    }

    private static SqlParameter Parameter(string name, BoundParameter parameter) => new(name, parameter.Type switch
    {
        ParameterType.Timestamp => SqlDbType.DateTimeOffset,
        ParameterType.Date => SqlDbType.Date,
        ParameterType.Id => SqlDbType.BigInt,
        _ => SqlDbType.NVarChar,
    })
    {
        Value = parameter.Value is DateOnly day ? day.ToDateTime(default) : parameter.Value ?? DBNull.Value,
    };

    private static Problem Explain(Exception exception) =>
        SqlServerProblems.WhenReading(exception is SqlException failure ? SqlServerSession.FaultOf(failure) : null);
}

using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Definitions.Yaml;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.Databases;

/// <summary>Reads a query of a definition: finds its parameters, and that it is one SELECT.</summary>
internal sealed class SqlReader(MapReader keys, string key, YamlText written, SqlDialect dialect, bool isTargeted)
{
    private readonly string sql = written.Value;
    private readonly SqlScan scan = new(written.Value, dialect);
    private readonly List<SqlPart> parts = [];
    private int partStart;
    private int? statementEnd;
    private string? beginning;

    /// <summary>The query; whatever is wrong with it becomes a finding.</summary>
    public SqlQuery Read()
    {
        var at = 0;
        while (at < sql.Length)
        {
            if (scan.EndOf(at) is not { } end)
            {
                Report(DatabaseErrors.QueryRefused, $"A string, a name or a comment of '{keys.Path(key)}' does not end; it begins in line {LineOf(at)} of the query.");
                return new SqlQuery([], dialect);
            }

            if (!scan.IsBlank(at) && !Take(at, ref end))
            {
                return new SqlQuery([], dialect);
            }

            at = end;
        }

        RequireBeginning();
        parts.Add(new SqlPart(sql[partStart..(statementEnd ?? sql.Length)], Parameter: null));
        return new SqlQuery(parts, dialect);
    }

    /// <summary>One token of the statement; false when the statement ended before it.</summary>
    private bool Take(int at, ref int end)
    {
        if (statementEnd is not null || dialect.Refused.Contains(scan.Word(at), StringComparer.OrdinalIgnoreCase))
        {
            Report(DatabaseErrors.NotOneSelect, $"'{keys.Path(key)}' has more than a SELECT, in line {LineOf(at)} of the query.");
            return false;
        }

        if (scan.NameAfterColon(at) is { } name)
        {
            end = at + 1 + name.Length;
            parts.Add(new SqlPart(sql[partStart..at], Parameter: null));
            parts.Add(new SqlPart("", Parameter(name)));
            partStart = end;
        }
        else if (scan.IsPlaceholder(at))
        {
            Report(DatabaseErrors.UnknownParameter, $"'{keys.Path(key)}' has a parameter of the database's own, {sql[at]}, in line {LineOf(at)} of the query.", Known());
        }

        beginning ??= sql[at] == '(' ? null : scan.Word(at);
        statementEnd = sql[at] == ';' ? at : null;
        return true;
    }

    private void RequireBeginning()
    {
        if (beginning is null || !dialect.Beginnings.Contains(beginning, StringComparer.OrdinalIgnoreCase))
        {
            Report(DatabaseErrors.NotOneSelect, beginning is null ? $"'{keys.Path(key)}' is empty." : $"'{keys.Path(key)}' is a statement of another kind.");
        }
    }

    private QueryParameter? Parameter(string name)
    {
        var parameter = QueryParameter.All.FirstOrDefault(parameter => parameter.Name == name);
        if (parameter is null)
        {
            var meant = QueryParameter.All.FirstOrDefault(parameter => string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase));
            Report(DatabaseErrors.UnknownParameter, $"'{keys.Path(key)}' asks for ':{name}'.{(meant is null ? "" : $" Did you mean ':{meant.Name}'?")}", Known());
        }
        else if (parameter.IsTargeted && !isTargeted)
        {
            Report(
                DatabaseErrors.UnknownParameter,
                $"'{keys.Path(key)}' asks for ':{name}', which only restricted runs have.",
                "Put the query that asks for it into 'targetedQuery', and one for all rows into 'query'.");
        }

        return parameter;
    }

    private string Known() => $"Known: {string.Join(", ", QueryParameter.All.Where(parameter => isTargeted || !parameter.IsTargeted).Select(parameter => $":{parameter.Name}"))}.";

    private int LineOf(int at) => sql.AsSpan(0, at).Count('\n') + 1;

    private void Report(ErrorCode code, string message, string? cure = null) => keys.Report(code, message, written, cure);
}

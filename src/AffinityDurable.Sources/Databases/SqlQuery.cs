using System.Text;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Sources.Databases;

/// <summary>A query with parameters. Their values are always sent beside the text, never inside it.</summary>
internal sealed class SqlQuery(IReadOnlyList<SqlPart> parts, SqlDialect dialect)
{
    public bool Asks(QueryParameter parameter) => parts.Any(part => part.Parameter == parameter);

    /// <summary>The query for a run; null when it needs more parameters than the database takes.</summary>
    public BoundQuery? Bind(SourceRequest request)
    {
        var text = new StringBuilder();
        List<BoundParameter> bound = [];
        foreach (var part in parts)
        {
            if (part.Parameter is not { } parameter)
            {
                text.Append(part.Text);
                continue;
            }

            List<BoundParameter> values = [.. parameter.Values(request).Take(dialect.MostParameters + 1).Select(value => new BoundParameter(parameter.Type, value))];
            if (values.Count == 0)
            {
                values.Add(new BoundParameter(parameter.Type, Value: null));
            }

            text.AppendJoin(", ", values.Select((_, at) => dialect.Placeholder(bound.Count + at + 1)));
            bound.AddRange(values);
        }

        return bound.Count <= dialect.MostParameters ? new BoundQuery(text.ToString(), bound) : null;
    }
}

/// <summary>A piece of a query: text, or a parameter.</summary>
internal sealed record SqlPart(string Text, QueryParameter? Parameter);

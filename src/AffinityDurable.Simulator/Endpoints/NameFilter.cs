using AffinityDurable.Simulator.Filtering;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Validation;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>The one filter that metadata knows: <c>name=…</c> and <c>name=~…</c>, one comparison and no more.</summary>
internal static class NameFilter
{
    /// <exception cref="ApiException">400: any other filter.</exception>
    public static Field[] Apply(Field[] fields, string? filter, bool ignoresCase)
    {
        if (string.IsNullOrWhiteSpace(filter))
        {
            return fields;
        }

        var comparison = ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return FilterParser.Parse(filter) switch
        {
            FilterExpression.Comparison { Property: "name", Operator: FilterOperators.Equal, Value: var name } =>
                Array.FindAll(fields, field => field.Name == name),
            FilterExpression.Comparison { Property: "name", Operator: FilterOperators.Contains, Value: var part } =>
                Array.FindAll(fields, field => field.Name.Contains(part, comparison)),
            _ => throw FilterParser.Illegal("only name with = or =~ is supported."),
        };
    }
}

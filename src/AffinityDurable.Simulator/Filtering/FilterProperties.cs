using System.Globalization;

namespace AffinityDurable.Simulator.Filtering;

/// <summary>True for items that pass a filter.</summary>
internal delegate bool FilterTest<T>(in T item);

/// <summary>The properties of an item that can be filtered by, each with the operators it takes, and the tests made of them.</summary>
internal sealed class FilterProperties<T>
{
    private readonly Dictionary<string, Property> _byName = new(StringComparer.Ordinal);

    /// <summary>Reads the value of a property; null is equal to nothing.</summary>
    public delegate TValue Getter<out TValue>(in T item);

    private delegate FilterTest<T> Binder(FilterOperators comparison, string value, SimulatedBehavior behavior);

    public FilterProperties<T> Text(
        string name, FilterOperators operators, Getter<string?> get, StringComparison comparison = StringComparison.Ordinal)
    {
        _byName.Add(name, new(operators, (in T item) => get(item) is not null, (sign, value, _) => sign switch
        {
            FilterOperators.StartsWith => (in T item) => get(item)?.StartsWith(value, comparison) ?? false,
            FilterOperators.EndsWith => (in T item) => get(item)?.EndsWith(value, comparison) ?? false,
            FilterOperators.Contains => (in T item) => get(item)?.Contains(value, comparison) ?? false,
            _ => (in T item) => string.Equals(get(item), value, comparison),
        }));
        return this;
    }

    public FilterProperties<T> Integer(string name, FilterOperators operators, Getter<long?> get)
    {
        _byName.Add(name, new(operators, (in T item) => get(item) is not null, (sign, value, _) =>
            long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? Order(get, sign, number)
                : throw FilterParser.Illegal($"'{value}' is not an integer.")));
        return this;
    }

    public FilterProperties<T> Instant(string name, FilterOperators operators, Getter<DateTime?> get)
    {
        _byName.Add(name, new(operators, (in T item) => get(item) is not null, (sign, value, behavior) =>
            Order(get, sign, FilterInstant.Read(value, behavior))));
        return this;
    }

    /// <exception cref="Validation.ApiException">400: a property, an operator or a value that there is not.</exception>
    public FilterTest<T> Bind(FilterExpression expression, SimulatedBehavior behavior)
    {
        switch (expression)
        {
            case FilterExpression.All all:
                FilterTest<T>[] every = [.. all.Parts.Select(part => Bind(part, behavior))];
                return (in T item) => HoldsAll(every, item);
            case FilterExpression.Any any:
                FilterTest<T>[] some = [.. any.Parts.Select(part => Bind(part, behavior))];
                return (in T item) => HoldsAny(some, item);
            case FilterExpression.Not not:
                var inner = Bind(not.Part, behavior);
                return (in T item) => !inner(item);
            case FilterExpression.Presence presence:
                return Find(presence.Property, FilterOperators.Equal).IsPresent;
            case FilterExpression.Comparison comparison:
                return Find(comparison.Property, comparison.Operator).Bind(comparison.Operator, comparison.Value, behavior);
            default:
                throw new InvalidOperationException($"{expression.GetType().Name} is no filter.");
        }
    }

    private Property Find(string name, FilterOperators comparison)
    {
        if (!_byName.TryGetValue(name, out var property))
        {
            throw FilterParser.Illegal($"there is no property '{name}'; there are {string.Join(", ", _byName.Keys)}.");
        }

        return (property.Operators & comparison) != FilterOperators.None
            ? property
            : throw FilterParser.Illegal($"'{name}' does not take this operator.");
    }

    private static FilterTest<T> Order<TValue>(Getter<TValue?> get, FilterOperators sign, TValue value)
        where TValue : struct, IComparable<TValue> => sign switch
        {
            FilterOperators.Greater => (in T item) => get(item) is { } own && own.CompareTo(value) > 0,
            FilterOperators.GreaterOrEqual => (in T item) => get(item) is { } own && own.CompareTo(value) >= 0,
            FilterOperators.Less => (in T item) => get(item) is { } own && own.CompareTo(value) < 0,
            FilterOperators.LessOrEqual => (in T item) => get(item) is { } own && own.CompareTo(value) <= 0,
            _ => (in T item) => get(item) is { } own && own.CompareTo(value) == 0,
        };

    private static bool HoldsAll(FilterTest<T>[] tests, in T item)
    {
        foreach (var test in tests)
        {
            if (!test(item))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HoldsAny(FilterTest<T>[] tests, in T item)
    {
        foreach (var test in tests)
        {
            if (test(item))
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Property(FilterOperators Operators, FilterTest<T> IsPresent, Binder Bind);
}

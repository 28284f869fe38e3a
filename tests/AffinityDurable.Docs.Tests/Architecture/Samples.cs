using System.Collections;
using System.Reflection;

namespace AffinityDurable.Docs.Tests.Architecture;

/// <summary>Makes instances of records with every property set, and compares them deeply.</summary>
internal static class Samples
{
    private static readonly Dictionary<Type, Func<int, object>> Leaves = new()
    {
        [typeof(string)] = seed => $"text \"{seed}\" é\n",
        [typeof(bool)] = _ => true,
        [typeof(int)] = seed => 1000 + seed,
        [typeof(long)] = seed => (1L << 53) - 1 - seed,
        [typeof(double)] = seed => 0.1 + seed,
        [typeof(decimal)] = seed => 0.1m + seed,
        [typeof(DateTimeOffset)] = seed => new DateTimeOffset(2026, 3, 1, 9, 30, 0, 123, TimeSpan.FromHours(2)).AddTicks(seed),
        [typeof(TimeSpan)] = seed => new TimeSpan(1, 2, 3, 4, 5) + TimeSpan.FromTicks(seed),
        [typeof(Guid)] = seed => new Guid(seed, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
        [typeof(Uri)] = seed => new Uri($"https://api.affinity.co/v2/lists/{seed}?cursor=a%2Fb"),
    };

    public static bool IsLeaf(Type type) => Leaves.ContainsKey(Bare(type)) || Bare(type).IsEnum;

    public static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    /// <summary>The item type of a list; null for anything else.</summary>
    public static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    /// <param name="type">A leaf, a list or a record.</param>
    /// <param name="withOptional">Whether what may be null is set.</param>
    /// <param name="seed">Tells equal properties apart.</param>
    public static object Of(Type type, bool withOptional, int seed = 1)
    {
        var bare = Bare(type);
        return Leaves.TryGetValue(bare, out var leaf) ? leaf(seed)
            : bare.IsEnum ? Enum.GetValues(bare).Cast<object>().Last()
            : ItemOf(bare) is { } item ? ListOf(item, withOptional, seed)
            : RecordOf(bare, withOptional, seed);
    }

    public static bool AreSame(object? first, object? second)
    {
        if (first is null || second is null || IsLeaf(first.GetType()))
        {
            return Equals(first, second);
        }

        return first is IEnumerable items
            ? second is IEnumerable others && items.Cast<object?>().SequenceEqual(others.Cast<object?>(), new Deep())
            : first.GetType() == second.GetType() && Stored(first.GetType()).All(property => AreSame(property.GetValue(first), property.GetValue(second)));
    }

    private static Array ListOf(Type item, bool withOptional, int seed)
    {
        var list = Array.CreateInstance(item, 2);
        list.SetValue(Of(item, withOptional, seed), 0);
        list.SetValue(Of(item, withOptional, seed + 1), 1);
        return list;
    }

    private static object RecordOf(Type type, bool withOptional, int seed)
    {
        var nullability = new NullabilityInfoContext();
        var constructor = type.GetConstructors().OrderByDescending(one => one.GetParameters().Length).First();
        var arguments = constructor.GetParameters()
            .Select((parameter, at) => withOptional || nullability.Create(parameter).WriteState == NullabilityState.NotNull ? Of(parameter.ParameterType, withOptional, seed + at) : null)
            .ToArray();
        var made = constructor.Invoke(arguments);
        foreach (var (property, at) in Stored(type).Where(property => property.CanWrite).Select((property, at) => (property, at)))
        {
            if (withOptional || nullability.Create(property).WriteState == NullabilityState.NotNull)
            {
                property.SetValue(made, Of(property.PropertyType, withOptional, seed + at));
            }
        }

        return made;
    }

    private static IEnumerable<PropertyInfo> Stored(Type type) => type.GetProperties().Where(property => property.GetIndexParameters().Length == 0);

    private sealed class Deep : IEqualityComparer<object?>
    {
        public new bool Equals(object? x, object? y) => AreSame(x, y);

        public int GetHashCode(object? obj) => 0;
    }
}

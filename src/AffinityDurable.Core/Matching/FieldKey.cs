using System.Globalization;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Matching;

/// <summary>Brings the values of a field that rows match by, and the cells that name them, to one form that can be compared.</summary>
public sealed class FieldKey
{
    private readonly CoercionContext context;
    private readonly AffinityValueType item;
    private readonly bool byDomain;

    /// <param name="key">The field.</param>
    /// <param name="rule">The rule that matches by it.</param>
    /// <param name="timeZone">The definition's time zone.</param>
    internal FieldKey(ResolvedKey key, MatchRule rule, TimeZoneInfo timeZone)
    {
        item = ItemType(key.Field.ValueType) ?? throw new InvalidOperationException($"Nothing matches by fields of type {key.Field.ValueType}.");
        context = new CoercionContext { Field = key.Field, Options = key.Options, TimeZone = timeZone };
        byDomain = rule.Through == CompanyKey.Domain;
        FieldId = key.Field.Id;
        Rule = rule;
    }

    internal FieldKey(ResolvedScope scope, TimeZoneInfo timeZone)
        : this(new ResolvedKey(-1, scope.Field, scope.Options), new MatchRule(MatchKey.Field, ""), timeZone)
    {
    }

    internal FieldKey(ResolvedTrigger trigger, TimeZoneInfo timeZone)
        : this(new ResolvedScope(trigger.Field, trigger.Options), timeZone)
    {
    }

    /// <summary>The field.</summary>
    public string FieldId { get; }

    /// <summary>The rule that matches by it.</summary>
    public MatchRule Rule { get; }

    /// <summary>All keys of a sync, in the order of <see cref="ResolvedSync.Keys"/>.</summary>
    public static IReadOnlyList<FieldKey> OfAll(ResolvedSync sync)
    {
        ArgumentNullException.ThrowIfNull(sync);
        var timeZone = TimeZoneInfo.FindSystemTimeZoneById(sync.Definition.TimeZone);
        var rules = sync.Definition.EveryMatch.ToList();
        return [.. sync.Keys.Select(key => new FieldKey(key, rules[key.Rule], timeZone))];
    }

    /// <summary>Whether rows can match by fields of this type: sets count by their items, and locations are no keys.</summary>
    internal static bool Takes(string valueType) => ItemType(valueType) is not null;

    /// <summary>The keys of an entry.</summary>
    /// <param name="value">The live value of the field.</param>
    /// <param name="domains">The domains of the companies in it, as Affinity gives them.</param>
    internal IReadOnlyList<string> Of(LiveValue value, IReadOnlyList<string> domains) =>
        byDomain ? [.. domains.Select(DomainKey.Normalize).OfType<string>()]
        : value.Value is SetValue set ? [.. set.Items.Select(Text)]
        : value.Value is { } single ? [Text(single)]
        : [];

    /// <summary>The key that a cell names; null when it cannot be one.</summary>
    internal string? Of(string cell) =>
        byDomain ? DomainKey.Normalize(cell)
        : item.Coerce(cell, context).Value is { } value ? Text(value)
        : null;

    private static AffinityValueType? ItemType(string valueType) =>
        AffinityValueTypes.Find(valueType.EndsWith("-multi", StringComparison.Ordinal) ? valueType[..^"-multi".Length] : valueType) is { Name: not "location" } type ? type : null;

    private static string Text(FieldValue value) => value switch
    {
        TextValue text => text.Text,
        NumberValue number => number.Number.ToString("0.############################", CultureInfo.InvariantCulture),
        DateValue date => date.Day.ToString("O", CultureInfo.InvariantCulture),
        OptionValue option => option.Id.ToString(CultureInfo.InvariantCulture),
        ReferenceValue reference => reference.Id.ToString(CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value.GetType().Name, "No key."),
    };
}

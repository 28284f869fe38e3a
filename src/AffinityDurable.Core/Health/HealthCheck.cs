using System.Globalization;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Health;

/// <summary>Holds the health rules of a definition to the values of an entry.</summary>
internal sealed class HealthCheck
{
    private readonly IReadOnlyList<(ResolvedHealthRule Rule, string Words)> rules;
    private readonly DateOnly today;

    /// <param name="sync">The frozen definition, with health rules.</param>
    /// <param name="readAt">When the list was read: its day in the definition's time zone is today.</param>
    public HealthCheck(ResolvedSync sync, DateTimeOffset readAt)
    {
        rules = [.. sync.Health!.Rules.Select(rule => (rule, Words(rule.Rule, sync.Fields[rule.Column].Field.Name)))];
        today = sync.Definition.DayOf(readAt);
    }

    /// <summary>The rules that are true of an entry, in words; null when none is and one cannot be told.</summary>
    /// <param name="values">The entry's values by mapped field.</param>
    public IReadOnlyList<string>? TrueOf(Func<int, LiveValue> values)
    {
        var verdicts = rules.Select(rule => (rule.Words, IsTrue: IsTrue(rule.Rule.Rule, values(rule.Rule.Column)))).ToList();
        var isTrue = verdicts.Where(verdict => verdict.IsTrue == true).Select(verdict => verdict.Words).ToList();
        return isTrue.Count == 0 && verdicts.Any(verdict => verdict.IsTrue is null) ? null : isTrue;
    }

    private bool? IsTrue(HealthRule rule, LiveValue value) =>
        value.State != LiveState.Known ? null
        : rule.Missing ? value.Value is null
        : value.Value switch
        {
            NumberValue { Number: var number } => (double)number < rule.Below || (double)number > rule.Above,
            DateValue { Day: var day } => today.DayNumber - day.DayNumber > rule.StaleDays,
            _ => false,
        };

    private static string Words(HealthRule rule, string field)
    {
        var condition = rule switch
        {
            { Below: { } below } => string.Create(CultureInfo.InvariantCulture, $"below {below}"),
            { Above: { } above } => string.Create(CultureInfo.InvariantCulture, $"above {above}"),
            { StaleDays: { } days } => string.Create(CultureInfo.InvariantCulture, $"more than {days} days ago"),
            _ => "missing",
        };
        return $"\"{field}\" {condition}";
    }
}

using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Matching;

namespace AffinityDurable.Core.Definitions;

/// <summary>Finds the fields whose change starts runs, and holds the values that they are to become to them.</summary>
internal sealed class TriggerResolver
{
    private readonly SyncDefinition definition;
    private readonly FieldLookup lookup;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<DropdownOption>> options;
    private readonly List<Problem> problems = [];

    public TriggerResolver(SyncDefinition definition, FieldLookup lookup, IReadOnlyDictionary<string, IReadOnlyList<DropdownOption>> options)
    {
        (this.definition, this.lookup, this.options) = (definition, lookup, options);
        Triggers = [.. definition.OnField.Select(Resolve).OfType<ResolvedTrigger>()];
    }

    /// <summary>The rules that nothing stands against.</summary>
    public IReadOnlyList<ResolvedTrigger> Triggers { get; }

    public IReadOnlyList<Problem> Problems => problems;

    private ResolvedTrigger? Resolve(FieldTrigger trigger)
    {
        var mapping = new FieldMapping { Field = trigger.Name, Column = "", Line = trigger.Line };
        if (lookup.Find(mapping) is not { } field)
        {
            problems.Add(lookup.Problem(mapping, definition.File));
            return null;
        }

        var resolved = new ResolvedTrigger(trigger, field, options.GetValueOrDefault(field.Id, []));
        var found = WhyNot(resolved).Select(unfit => Problem.Of(unfit.Code, unfit.Message, file: definition.File, line: trigger.Line)).ToList();
        problems.AddRange(found);
        return found.Count == 0 ? resolved : null;
    }

    private IEnumerable<(ErrorCode Code, string Message)> WhyNot(ResolvedTrigger resolved)
    {
        var field = resolved.Field;
        if (!field.IsListField)
        {
            return [(EventDefinitionErrors.FieldIsNotOfTheList, $"\"{field.Name}\" ({field.Id}) is a field of the type {field.Type}: what Affinity tells of its changes names no entry.")];
        }

        if (definition.EveryMapping.Any(written => lookup.Find(written)?.Id == field.Id))
        {
            return [(EventDefinitionErrors.FieldIsWritten, $"\"{field.Name}\" ({field.Id}) starts runs of this sync, which writes it.")];
        }

        return UnfitValues(resolved).Select(message => (EventDefinitionErrors.ValueDoesNotFit, message));
    }

    private IEnumerable<string> UnfitValues(ResolvedTrigger resolved)
    {
        if (resolved.Trigger.Becomes is not { } values)
        {
            return [];
        }

        var field = resolved.Field;
        if (!FieldKey.Takes(field.ValueType))
        {
            return [$"\"{field.Name}\" ({field.Id}) is of the type {field.ValueType}, whose values cannot be asked for."];
        }

        var key = new FieldKey(resolved, TimeZoneInfo.FindSystemTimeZoneById(definition.TimeZone));
        return values.Where(value => key.Of(value) is null).Select(value => $"'{value}' cannot be a value of \"{field.Name}\" ({field.Id}).");
    }
}

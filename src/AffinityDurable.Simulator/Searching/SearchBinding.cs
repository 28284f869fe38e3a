using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Validation;

namespace AffinityDurable.Simulator.Searching;

/// <summary>Finds the fields that a search names and checks that they can be searched as it asks.</summary>
internal sealed class SearchBinding
{
    private readonly Func<string, Field?> _findField;
    private readonly ValueTests _tests;
    private readonly SchemaErrors _errors = new();
    private readonly FieldPlaces _places = new();

    private SearchBinding(Func<string, Field?> findField, ValueTests tests)
    {
        _findField = findField;
        _tests = tests;
    }

    /// <exception cref="ApiException">400 with every field that is not there or cannot be searched like this.</exception>
    public static Search Bind(SearchCriteria criteria, Func<string, Field?> findField, SearchContext context)
    {
        var references = new References(context.Tenant);
        var binding = new SearchBinding(findField, new ValueTests(references, context.Now, context.Behavior.NegativeFiltersMatchEmpty));
        var filter = criteria.Filters is null ? null : binding.Bind(criteria.Filters);
        var sorts = criteria.Sorts.Select(binding.Bind).ToArray();
        var termPlaces = binding.TermPlaces(criteria.Term?.FieldIds ?? []);
        binding._errors.ThrowIfAny();
        return new Search(references, context.Redacts)
        {
            Fields = binding._places.Fields, Filter = filter, Term = criteria.Term?.Text, TermPlaces = termPlaces, Sorts = sorts,
        };
    }

    private Condition Bind(Filter filter) => filter switch
    {
        FilterGroup group => Bind(group),
        ValueFilter leaf => Bind(leaf),
        _ => throw new InvalidOperationException("A filter is a group or a leaf."),
    };

    private Condition Bind(FilterGroup group)
    {
        Condition[] conditions = [.. group.Filters.Select(Bind)];
        return values =>
        {
            foreach (var condition in conditions)
            {
                if (condition(values) == group.IsAny)
                {
                    return group.IsAny;
                }
            }

            return !group.IsAny || conditions.Length == 0;
        };
    }

    private Condition Bind(ValueFilter filter)
    {
        if (Find(filter.FieldId, $"{filter.Pointer}/fieldId") is not { } field)
        {
            return _ => false;
        }

        if (!field.IsFilterable())
        {
            _errors.Other($"{filter.Pointer}/fieldId", $"Field {field.Id} cannot be filtered.");
        }
        else if (filter.ValueType != field.SearchType())
        {
            _errors.Other(
                $"{filter.Pointer}/valueType",
                $"Field {field.Id} is filtered as {field.SearchType().FilterName()}, not as {filter.ValueType.FilterName()}.");
        }

        CheckAttribute(field, filter.AttributeId, filter.Pointer);
        var (place, test) = (_places.Of(field), _tests.Of(filter));
        return values => test(values[place]);
    }

    private (int Place, bool IsDescending) Bind(SearchSort sort)
    {
        if (Find(sort.FieldId, $"{sort.Pointer}/fieldId") is not { } field)
        {
            return default;
        }

        if (!field.IsSortable())
        {
            _errors.Other($"{sort.Pointer}/fieldId", $"Field {field.Id} cannot be sorted by.");
        }

        CheckAttribute(field, sort.AttributeId, sort.Pointer);
        return (_places.Of(field), sort.IsDescending);
    }

    private void CheckAttribute(Field field, string? attributeId, string pointer)
    {
        if (attributeId == field.Attribute())
        {
            return;
        }

        _errors.Other(
            $"{pointer}/attributeId",
            field.Attribute() is { } needed ? $"Field {field.Id} needs the attribute {needed}." : $"Field {field.Id} has no attributes.");
    }

    private int[] TermPlaces(IReadOnlyList<string> fieldIds) =>
        [.. fieldIds.Select((id, index) => Find(id, $"/search/fieldIds/{index}")).OfType<Field>().Select(_places.Of)];

    private Field? Find(string id, string pointer)
    {
        var field = _findField(id);
        if (field is null)
        {
            _errors.Other(pointer, $"There is no field with the id {id}.");
        }

        return field;
    }
}

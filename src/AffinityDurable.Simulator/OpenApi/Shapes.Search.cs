using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Searching;
using Microsoft.OpenApi;
using static AffinityDurable.Simulator.OpenApi.Shape;

namespace AffinityDurable.Simulator.OpenApi;

/// <summary>Searches, what fields can be searched by, and saved views.</summary>
internal static partial class Shapes
{
    public static OpenApiSchemaReference SavedView => Component("SavedView", Object(
        ("id", Id), ("name", Text), ("type", OneOf(Enum.GetValues<SavedViewType>().Select(type => type.WireName()))),
        ("createdAt", OrNull(Instant))));

    public static OpenApiSchemaReference SearchCriteria => Component("SearchCriteria", Object(
        ("filters?", FilterGroup),
        ("sorts?", Sized(Object(("fieldId", TextOf(1)), ("attributeId?", TextOf(1)), ("direction", OneOf("asc", "desc"))), 1, 5)),
        ("search?", Object(("term", TextOf(3)), ("fieldIds?", Sized(Text, 1, 100))))));

    public static OpenApiSchemaReference Filterability => Component("Filterability", Union(
        Object(("filterableFieldType", Const("field-only")), ("operators", Array(SupportedOperator))),
        Object(
            ("filterableFieldType", Const("attribute-on-field")),
            ("attributes", Array(Object(
                ("id", Text), ("name", Text), ("valueType", FilterType), ("operators", Array(SupportedOperator))))))));

    public static OpenApiSchemaReference Sortability => Component("Sortability", Union(
        Object(("sortableFieldType", Const("field-only"))),
        Object(
            ("sortableFieldType", Const("attribute-on-field")),
            ("attributes", Array(Object(("id", Text), ("name", Text), ("valueType", FilterType)))))));

    private static OpenApiSchemaReference SupportedOperator => Component("SupportedOperator", Object(
        ("id", OneOf(Enum.GetValues<FilterOperator>().Select(each => each.WireName()))),
        ("name", Text), ("numberOfValuesRequired", OneOf("none", "one", "two", "multi")), ("relativeDateUnits?", Array(DateUnit))));

    private static OpenApiSchemaReference FilterGroup
    {
        get
        {
            // Groups hold groups: the name must be there before the definition that refers to it.
            var group = new OpenApiSchemaReference("FilterGroup");
            Component("FilterGroup", Object(("operator", OneOf("and", "or")), ("filters", Sized(Union(group, ValueFilter), 0, 50))));
            return group;
        }
    }

    /// <summary>A leaf, one for every value type and kind of operand.</summary>
    private static OpenApiSchemaReference ValueFilter => Component("ValueFilter", Union(
        from type in Enum.GetValues<FieldValueType>()
        from filterOperator in FilterTable.OperatorsOf(type)
        group filterOperator
            by (Type: type, Values: filterOperator.ValuesRequired(), filterOperator.IsRelative(), filterOperator.IsThreshold()) into alike
        select Leaf(alike.Key.Type, [.. alike])));

    private static OpenApiSchema Leaf(FieldValueType type, FilterOperator[] operators)
    {
        (string, IOpenApiSchema)[] attribute = FilterTable.TakesAttribute(type) ? [("attributeId?", Text)] : [];
        (string, IOpenApiSchema)[] value = Operand(type, operators[0]) is { } operand ? [("value", operand)] : [];
        return Object(
        [
            ("fieldId", Text), ("valueType", Const(type.FilterName())), ("operator", OneOf(operators.Select(each => each.WireName()))),
            .. attribute, .. value,
        ]);
    }

    private static OpenApiSchema? Operand(FieldValueType type, FilterOperator filterOperator) => filterOperator.ValuesRequired() switch
    {
        ValuesRequired.None => null,
        _ when filterOperator.IsThreshold() => Relative(Amount(0)),
        _ when filterOperator.IsRelative() => Relative(Sized(Amount(1), filterOperator == FilterOperator.IsBetweenRelative ? 2 : 1, 2)),
        ValuesRequired.Multi => Sized(Item(type), 1, 100),
        ValuesRequired.Two => Sized(Single(type), 2, 2),
        _ => Single(type),
    };

    private static OpenApiSchema Relative(OpenApiSchema amount) => Object(("amount", amount), ("unit", DateUnit));

    private static OpenApiSchema Amount(int least) =>
        new() { Type = JsonSchemaType.Integer, Format = "int32", Minimum = $"{least}", Maximum = $"{int.MaxValue}" };

    private static OpenApiSchema Single(FieldValueType type) => type switch
    {
        FieldValueType.Number => Number,
        FieldValueType.Datetime => new() { Type = JsonSchemaType.String, Format = "date" },
        _ => Text,
    };

    private static IOpenApiSchema Item(FieldValueType type) => type switch
    {
        FieldValueType.FilterableText or FieldValueType.FilterableTextMulti => Text,
        FieldValueType.Location or FieldValueType.LocationMulti =>
            Object(("streetAddress?", Text), ("city?", Text), ("state?", Text), ("country?", Text), ("continent?", Text)),
        _ when type.HasOptions() => OptionUpdate,
        _ => Reference,
    };

    private static OpenApiSchema FilterType =>
        OneOf(Enum.GetValues<FieldValueType>().Where(type => FilterTable.OperatorsOf(type).Count > 0).Select(type => type.FilterName()));

    private static OpenApiSchema DateUnit => OneOf(DateUnits.NamesIn(ApiVersion.V20260917));

    private static OpenApiSchema TextOf(int least) => new() { Type = JsonSchemaType.String, MinLength = least };

    private static OpenApiSchema Sized(IOpenApiSchema items, int least, int most)
    {
        var array = Array(items, most);
        array.MinItems = least;
        return array;
    }
}

using Microsoft.OpenApi;
using static AffinityDurable.Simulator.OpenApi.Shape;

namespace AffinityDurable.Simulator.OpenApi;

/// <summary>Changes of field values, each of one value; of a multi-value, of one item.</summary>
internal static partial class Shapes
{
    public static OpenApiSchemaReference FieldValueChange => Component("FieldValueChange", Union(
        SingleChange("text", Text),
        SingleChange("filterable-text", Text),
        ItemChange("filterable-text-multi", Text),
        SingleChange("number", Number),
        ItemChange("number-multi", Number),
        SingleChange("datetime", Instant),
        SingleChange("location", Location),
        ItemChange("location-multi", Location),
        SingleChange("dropdown", ChangedOption),
        SingleChange("ranked-dropdown", ChangedRankedOption),
        ItemChange("dropdown-multi", ChangedOption),
        SingleChange("person", ChangedPerson),
        ItemChange("person-multi", ChangedPerson),
        SingleChange("company", ChangedCompany),
        ItemChange("company-multi", ChangedCompany)));

    private static OpenApiSchema ChangedOption => OrDeleted(("dropdownOptionId", Id), ("text", Text));

    private static OpenApiSchema ChangedRankedOption =>
        OrDeleted(("dropdownOptionId", Id), ("text", Text), ("rank", Count), ("color", Color));

    private static OpenApiSchema ChangedPerson => OrDeleted(
        ("id", Id), ("firstName", OrNull(Text)), ("lastName", OrNull(Text)), ("primaryEmailAddress", OrNull(Text)),
        ("type", OneOf("internal", "external", "collaborator")));

    private static OpenApiSchema ChangedCompany => OrDeleted(("id", Id), ("name", Text), ("domain", OrNull(Text)));

    private static OpenApiSchemaReference ChangedField => Component("ChangedField", Object(
        ("id", Text), ("name", Text), ("type", OneOf("global", "list")), ("entityType", ListType)));

    private static OpenApiSchemaReference ChangedEntry => Component("ChangedEntry", Object(("id", Id), ("listId", Id)));

    private static OpenApiSchemaReference Changer =>
        Component("Changer", Object(("id", Id), ("firstName", Text), ("lastName", OrNull(Text)), ("emailAddress", Text)));

    /// <summary>What is referred to, or what is left of it when it was deleted after the change.</summary>
    private static OpenApiSchema OrDeleted(params (string, IOpenApiSchema)[] properties) => Union(
        Object([("referenceType", Const("entity")), .. properties]),
        Object(("referenceType", Const("deleted-entity")), ("displayValue", Text)));

    private static OpenApiSchema SingleChange(string type, IOpenApiSchema value) => Change(type, value, "add", "update", "delete");

    private static OpenApiSchema ItemChange(string type, IOpenApiSchema value) => Change(type, value, "add", "delete");

    private static OpenApiSchema Change(string type, IOpenApiSchema value, params string[] actions) => Object(
        ("id", Id), ("actionType", OneOf(actions)), ("changedAt", Instant), ("changer", OrNull(Changer)), ("entity", Object(("id", Id))),
        ("listEntry", OrNull(ChangedEntry)), ("field", ChangedField), ("type", Const(type)), ("value", value));
}

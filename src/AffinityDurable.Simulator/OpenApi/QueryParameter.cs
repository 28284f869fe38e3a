using Microsoft.OpenApi;

namespace AffinityDurable.Simulator.OpenApi;

/// <summary>A parameter of the query; arrays are repeated keys.</summary>
internal sealed record QueryParameter(string Name, IOpenApiSchema Schema, string Description)
{
    public static readonly QueryParameter Cursor = new("cursor", Shape.Text, "Where the page starts or ends, from nextUrl or prevUrl.");

    public static readonly QueryParameter Term = new("term", Shape.Text, "A part of the name, whatever its case.");

    public static readonly QueryParameter TotalCount = new("totalCount", Shape.Flag, "Adds the number of all items to the pagination.");

    /// <summary>Those of a search, which takes one of the two selections of fields.</summary>
    public static QueryParameter[] Search(QueryParameter fieldTypes) =>
        [FieldIds with { Description = "The fields whose values to show; not with fieldTypes." }, fieldTypes, TotalCount];

    public static readonly QueryParameter Ids = new("ids", Shape.Array(Shape.Id), "Only these.");

    public static readonly QueryParameter FieldIds = new("fieldIds", Shape.Array(Shape.Text), "The fields whose values to show.");

    public static readonly QueryParameter FieldTypes = new("fieldTypes", Shape.Array(Shapes.FieldType), "The types of the fields whose values to show.");

    /// <summary>As <see cref="FieldTypes"/>, where there is no list whose fields could be meant.</summary>
    public static readonly QueryParameter EntityFieldTypes = new("fieldTypes", Shape.Array(Shapes.EntityFieldType), "The types of the fields whose values to show.");

    /// <summary>Those of the values of one entry or entity.</summary>
    public static readonly QueryParameter[] Selection =
    [
        new("ids", Shape.Array(Shape.Text), "Only these fields."),
        new("types", Shape.Array(Shapes.FieldType), "Only fields of these types."),
    ];

    /// <summary>Those of the values of one company or person; one of them only.</summary>
    public static readonly QueryParameter[] EntitySelection =
    [
        new("ids", Shape.Array(Shape.Text), "Only these fields."),
        new("types", Shape.Array(Shapes.EntityFieldType), "Only fields of these types."),
    ];

    /// <summary>Those of field metadata.</summary>
    public static readonly QueryParameter[] Metadata =
    [
        new("filter", Shape.Text, "Only fields of this name: name=ARR, or name=~rev for a part of it."),
        new("includes", Shape.Array(Shape.OneOf("filterability", "sortability")), "What a search can do with the field."),
    ];

    /// <summary>One page of a collection: 1 to 100 items.</summary>
    /// <param name="byDefault">Items of a page when the request names no limit.</param>
    public static QueryParameter[] Page(int byDefault = 100) => [Cursor, Limit(byDefault)];

    private static QueryParameter Limit(int byDefault) => new("limit", Shape.Limit(byDefault), "Items of a page.");
}

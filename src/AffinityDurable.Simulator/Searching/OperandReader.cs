using System.Globalization;
using System.Text.Json;
using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Validation;

namespace AffinityDurable.Simulator.Searching;

/// <summary>Reads the <c>value</c> of a filter, whose shape depends on value type, operator and, for dates, on the version.</summary>
internal sealed class OperandReader(ElementReader elements, ApiVersion version)
{
    private const int MostValues = 100;

    private static readonly string[] PlaceKeys = ["streetAddress", "city", "state", "country", "continent"];

    private bool IsStrict => version >= ApiVersion.V20260917;

    public Operand? Read(FieldValueType type, FilterOperator filterOperator, JsonElement json, string pointer) => type switch
    {
        FieldValueType.Text => new TextOperand(elements.Text(json, pointer)!),
        FieldValueType.Number => ReadNumbers(filterOperator, json, pointer),
        FieldValueType.Datetime when filterOperator.IsRelative() => ReadRelative(filterOperator, json, pointer),
        FieldValueType.Datetime => ReadDates(filterOperator, json, pointer),
        FieldValueType.FilterableText or FieldValueType.FilterableTextMulti =>
            new TextsOperand(Values(json, pointer, (item, at) => elements.Text(item, at))!),
        FieldValueType.Location or FieldValueType.LocationMulti => new PlacesOperand(Values(json, pointer, ReadPlace)!),
        _ => new IdsOperand(Values<long>(json, pointer, type.HasOptions() ? ReadOption : ReadEntity)),
    };

    private T[] Values<T>(JsonElement json, string pointer, Func<JsonElement, string, T?> read) =>
        elements.Items(json, pointer, 1, MostValues, read) ?? [];

    private long ReadOption(JsonElement json, string pointer) => ReadReference(json, pointer, "dropdownOptionId");

    private long ReadEntity(JsonElement json, string pointer) => ReadReference(json, pointer, "id");

    private long ReadReference(JsonElement json, string pointer, string key) => elements.IsObject(json, pointer, [key])
        ? elements.Scalar<long>(json.GetProperty(key), $"{pointer}/{key}", ScalarReader.Id)
        : 0;

    private PlacePattern? ReadPlace(JsonElement json, string pointer)
    {
        if (!elements.IsObject(json, pointer, [], PlaceKeys))
        {
            return null;
        }

        string?[] parts =
            [.. PlaceKeys.Select(key => json.TryGetProperty(key, out var part) ? elements.Text(part, $"{pointer}/{key}") : null)];
        return new PlacePattern(parts[0], parts[1], parts[2], parts[3], parts[4]);
    }

    private NumbersOperand ReadNumbers(FilterOperator filterOperator, JsonElement json, string pointer)
    {
        if (filterOperator != FilterOperator.IsBetween)
        {
            return new NumbersOperand([ReadNumber(json, pointer)]);
        }

        var bounds = elements.Items(json, pointer, 2, 2, ReadNumber) ?? [];
        if (bounds.Length == 2 && bounds[0] > bounds[1])
        {
            RefuseInverted(pointer);
        }

        return new NumbersOperand(bounds);
    }

    private double ReadNumber(JsonElement json, string pointer) => elements.Scalar<double>(json, pointer, ScalarReader.Number);

    private DatesOperand ReadDates(FilterOperator filterOperator, JsonElement json, string pointer)
    {
        if (filterOperator != FilterOperator.IsBetween)
        {
            return new DatesOperand([ReadDate(json, pointer) ?? default]);
        }

        DateOnly?[] bounds = elements.Items(json, pointer, 2, 2, ReadDate) ?? [];
        if (bounds.Length == 2 && bounds[0] > bounds[1])
        {
            RefuseInverted(pointer);
        }
        else if (bounds.Length == 2 && bounds[0] is not null && bounds[0] == bounds[1] && IsStrict)
        {
            // Of numbers equal bounds are taken; of dates they were refused together with inverted ones.
            elements.Errors.Other(pointer, "The first value must be before the second.");
        }

        return new DatesOperand([.. bounds.Select(bound => bound ?? default)]);
    }

    private DateOnly? ReadDate(JsonElement json, string pointer)
    {
        if (elements.Text(json, pointer) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        elements.Errors.NotFormat(pointer, "date");
        return null;
    }

    private RelativeOperand ReadRelative(FilterOperator filterOperator, JsonElement json, string pointer)
    {
        if (!elements.IsObject(json, pointer, ["amount", "unit"]))
        {
            return new RelativeOperand([], default);
        }

        var unit = elements.OneOf(json.GetProperty("unit"), $"{pointer}/unit", DateUnits.NamesIn(version));
        var amounts = ReadAmounts(filterOperator, json.GetProperty("amount"), $"{pointer}/amount");
        if (filterOperator == FilterOperator.IsBetweenRelative && amounts.Length == 2 && amounts[0] > amounts[1])
        {
            RefuseInverted($"{pointer}/amount");
        }

        return new RelativeOperand(amounts, unit is null ? default : DateUnits.Parse(unit));
    }

    /// <summary>
    /// A single threshold is a number; a window is one or two numbers in an array, from 2026-09-17 on of 1 or more, and
    /// <c>is-between-relative</c> then takes exactly two.
    /// </summary>
    private int[] ReadAmounts(FilterOperator filterOperator, JsonElement json, string pointer)
    {
        if (filterOperator.IsThreshold())
        {
            return [elements.Integer(json, pointer, 0)];
        }

        var fewest = IsStrict && filterOperator == FilterOperator.IsBetweenRelative ? 2 : 1;
        return elements.Items(json, pointer, fewest, 2, (item, at) => elements.Integer(item, at, IsStrict ? 1 : 0)) ?? [];
    }

    private void RefuseInverted(string pointer)
    {
        if (IsStrict)
        {
            elements.Errors.Other(pointer, "The first value must not be greater than the second.");
        }
    }
}

namespace AffinityDurable.Simulator.Model;

/// <summary>The <c>valueType</c> of a field, as API version 2026-09-17 lists them.</summary>
public enum FieldValueType
{
    Text,
    FilterableText,
    FilterableTextMulti,
    Number,
    NumberMulti,
    Datetime,
    Location,
    LocationMulti,
    Dropdown,
    RankedDropdown,
    DropdownMulti,
    Person,
    PersonMulti,
    Company,
    CompanyMulti,

    /// <summary>The first type without an update schema: this one and all that follow are read-only.</summary>
    FormulaNumber,
    Interaction,
    ListMulti,
    Note,
    Reminder,
}

using System.Text.Json;

namespace AffinityDurable.Simulator.Model;

/// <summary>A column: a list field, or a global, enriched or relationship field of companies or persons.</summary>
public sealed class Field
{
    /// <summary>The built-in "Date Added", whose value is that of the entry.</summary>
    public const string DateAddedId = "created-at";

    /// <summary>The built-in "Time in Current Status".</summary>
    public const string TimeInStatusId = "time-in-current-status";

    private readonly Lock _gate = new();
    private volatile DropdownOption[] _options = [];
    private Dictionary<long, DropdownOption> _optionById = [];

    internal Field(string id, string name, FieldValueType valueType, FieldType type, FieldTraits traits, int slot)
    {
        Id = id;
        Name = name;
        ValueType = valueType;
        Type = type;
        Traits = traits;
        Slot = slot;
        IsDateAdded = id == DateAddedId;
        EncodedId = JsonEncodedText.Encode(id);
        EncodedName = JsonEncodedText.Encode(name);
    }

    /// <summary>The id: <c>field-123</c>, or a slug such as <c>affinity-data-description</c>.</summary>
    public string Id { get; }

    /// <summary>The name; not unique.</summary>
    public string Name { get; }

    public FieldValueType ValueType { get; }

    public FieldType Type { get; }

    public FieldTraits Traits { get; }

    /// <summary>The options in their order; empty for fields that have none.</summary>
    public IReadOnlyList<DropdownOption> Options => _options;

    /// <summary>The position of the field's values in the arrays of its owners.</summary>
    internal int Slot { get; }

    internal bool IsDateAdded { get; }

    internal JsonEncodedText EncodedId { get; }

    internal JsonEncodedText EncodedName { get; }

    /// <summary>Finds an option by its id.</summary>
    public DropdownOption? FindOption(long id) => Volatile.Read(ref _optionById).GetValueOrDefault(id);

    /// <summary>Finds an option by its exact text.</summary>
    public DropdownOption? FindOption(string text) => Array.Find(_options, option => option.Text == text);

    /// <summary>The option, person or company that an item of the field's values names; null when it is not there.</summary>
    internal object? FindReferred(Tenant tenant, long id) => ValueType switch
    {
        FieldValueType.Person or FieldValueType.PersonMulti => tenant.FindPerson(id),
        FieldValueType.Company or FieldValueType.CompanyMulti => tenant.FindCompany(id),
        _ => FindOption(id),
    };

    /// <summary>Takes an option away; values that refer to it are the caller's affair. False when there is none with this id.</summary>
    internal bool RemoveOption(long id)
    {
        lock (_gate)
        {
            if (!_optionById.ContainsKey(id))
            {
                return false;
            }

            var kept = new Dictionary<long, DropdownOption>(_optionById);
            kept.Remove(id);
            Volatile.Write(ref _optionById, kept);
            _options = Array.FindAll(_options, option => option.Id != id);
            return true;
        }
    }

    /// <summary>True for a ranked dropdown whose options have a status category.</summary>
    internal bool IsStatus => ValueType == FieldValueType.RankedDropdown && Array.Exists(_options, option => option.StatusCategory is not null);

    /// <summary>Changes an option; false when there is none with this id any more.</summary>
    internal bool ReplaceOption(long id, Func<DropdownOption, DropdownOption> change)
    {
        lock (_gate)
        {
            if (FindOption(id) is not { } old)
            {
                return false;
            }

            var changed = change(old);
            Volatile.Write(ref _optionById, new Dictionary<long, DropdownOption>(_optionById) { [id] = changed });
            _options = Array.ConvertAll(_options, option => option.Id == id ? changed : option);
            return true;
        }
    }

    internal void AddOption(DropdownOption option)
    {
        lock (_gate)
        {
            // Copied, never changed in place: requests read options without a lock.
            Volatile.Write(ref _optionById, new Dictionary<long, DropdownOption>(_optionById) { [option.Id] = option });
            _options = [.. _options, option];
        }
    }
}

using System.Collections.Concurrent;

namespace AffinityDurable.Simulator.Model;

/// <summary>The fields of one owner (a list, all companies, all persons), each with the slot of its values.</summary>
internal sealed class FieldSet
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, Field> _byId = new(StringComparer.Ordinal);
    private volatile Field[] _fields = [];

    /// <summary>All fields in slot order; a new array whenever one is added.</summary>
    public Field[] Fields => _fields;

    public Field? Find(string id) => _byId.GetValueOrDefault(id);

    public Field Add(Func<int, Field> create)
    {
        lock (_gate)
        {
            var field = create(_fields.Length);
            if (!_byId.TryAdd(field.Id, field))
            {
                throw new ArgumentException($"There is a field '{field.Id}' already.", nameof(create));
            }

            _fields = [.. _fields, field];
            return field;
        }
    }
}

using System.Collections.Concurrent;

namespace AffinityDurable.Simulator.Model;

/// <summary>The fields of one owner (a list, all companies, all persons), each with the slot of its values.</summary>
internal sealed class FieldSet
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, Field> _byId = new(StringComparer.Ordinal);
    private volatile Field[] _fields = [];
    private volatile Field[] _byIdOrder = [];

    /// <summary>All fields in slot order; a new array whenever one is added.</summary>
    public Field[] Fields => _fields;

    /// <summary>All fields ordered by id, as Affinity's samples are.</summary>
    public Field[] ById => _byIdOrder;

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
            _byIdOrder = [.. _fields.OrderBy(each => each.Id, StringComparer.Ordinal)];
            return field;
        }
    }
}

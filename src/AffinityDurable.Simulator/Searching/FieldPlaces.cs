using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Searching;

/// <summary>The fields a search looks at, each once, with the place of its value in what is read of a row.</summary>
internal sealed class FieldPlaces
{
    private readonly List<Field> _fields = [];

    public Field[] Fields => [.. _fields];

    public int Of(Field field)
    {
        var place = _fields.IndexOf(field);
        if (place >= 0)
        {
            return place;
        }

        _fields.Add(field);
        return _fields.Count - 1;
    }
}

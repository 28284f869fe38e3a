using System.Text.Json;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Rendering;

/// <summary>Writes companies and persons with the fields that were asked for, all values of one from one moment.</summary>
internal sealed class EntityWriter(Tenant tenant, SimulatedBehavior behavior)
{
    private readonly ValueWriter _values = new(tenant);

    public void Write(Utf8JsonWriter writer, Entity entity, Field[]? asked)
    {
        writer.WriteStartObject();
        EntityProperties.Write(writer, entry: null, entity, isHidden: false);
        if (asked is not null || behavior.ShowsEmptyFields)
        {
            writer.WriteStartArray(Names.Fields);
            WriteFields(writer, entity, asked ?? []);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes field wrappers into an array that is already open, or one by itself.</summary>
    public void WriteFields(Utf8JsonWriter writer, Entity entity, ReadOnlySpan<Field> fields)
    {
        lock (entity.Values.Gate)
        {
            foreach (var field in fields)
            {
                _values.WriteField(writer, field, entity.Values.Get(field.Slot), isHidden: false);
            }
        }
    }
}

using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>Reads which values a request asks for, as repeated keys.</summary>
internal static class FieldSelection
{
    /// <summary>The fields asked for, or null when the request asks for none.</summary>
    /// <exception cref="ApiException">400: an unknown field id, or an illegal type.</exception>
    public static Field[]? Read(
        HttpContext context, Field[] fields, SimulatedBehavior behavior, string idKey = "fieldIds", string typeKey = "fieldTypes",
        bool allowsList = true, BothFieldSelections? both = null)
    {
        var (ids, types) = (Values(context, idKey, behavior), Values(context, typeKey, behavior));
        if (ids.Count == 0 && types.Count == 0)
        {
            return null;
        }

        var wantedTypes = ReadTypes(types, typeKey, allowsList);
        var wantedIds = new HashSet<string>(ids!, StringComparer.Ordinal);
        var byId = Array.FindAll(fields, field => wantedIds.Contains(field.Id));
        wantedIds.ExceptWith(byId.Select(field => field.Id));
        if (wantedIds.Count > 0)
        {
            throw ApiException.Invalid(idKey, $"There is no field with the id {wantedIds.First()}.");
        }

        return ids.Count == 0 ? Array.FindAll(fields, field => wantedTypes.Contains(field.Type))
            : types.Count == 0 ? byId
            : (both ?? behavior.BothFieldSelections) switch
            {
                BothFieldSelections.Union => Array.FindAll(fields, field => wantedTypes.Contains(field.Type) || byId.Contains(field)),
                BothFieldSelections.Intersection => Array.FindAll(byId, field => wantedTypes.Contains(field.Type)),
                _ => throw ApiException.Invalid(typeKey, $"{idKey} and {typeKey} exclude each other."),
            };
    }

    private static StringValues Values(HttpContext context, string key, SimulatedBehavior behavior)
    {
        var query = context.Request.Query;
        return behavior.TakesBracketedKeys ? StringValues.Concat(query[key], query[$"{key}[]"]) : query[key];
    }

    private static HashSet<FieldType> ReadTypes(StringValues types, string typeKey, bool allowsList)
    {
        var wanted = new HashSet<FieldType>();
        for (var index = 0; index < types.Count; index++)
        {
            if (!FieldTypes.TryParse(types[index], out var type) || (type == FieldType.List && !allowsList))
            {
                var legal = Enum.GetValues<FieldType>().Where(each => allowsList || each != FieldType.List).Select(each => $"\"{each.WireName()}\"");
                throw ApiException.Invalid(typeKey, $"value at `/{index}` is not one of: [{string.Join(", ", legal)}]");
            }

            wanted.Add(type);
        }

        return wanted;
    }
}

using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>
/// Reads which values a request asks for, as repeated keys. Asking by id and by type together is not documented on plain GETs; here it
/// gives the union.
/// </summary>
internal static class FieldSelection
{
    /// <summary>The fields asked for, or null when the request asks for none.</summary>
    /// <exception cref="ApiException">400: an unknown field id, or an illegal type.</exception>
    public static Field[]? Read(
        HttpContext context, Field[] fields, string idKey = "fieldIds", string typeKey = "fieldTypes", bool allowsList = true)
    {
        var query = context.Request.Query;
        var (ids, types) = (query[idKey], query[typeKey]);
        if (ids.Count == 0 && types.Count == 0)
        {
            return null;
        }

        var wantedTypes = ReadTypes(types, typeKey, allowsList);
        var wantedIds = new HashSet<string>(ids!, StringComparer.Ordinal);
        var chosen = Array.FindAll(fields, field => wantedTypes.Contains(field.Type) || wantedIds.Contains(field.Id));
        wantedIds.ExceptWith(chosen.Select(field => field.Id));
        return wantedIds.Count == 0
            ? chosen
            : throw ApiException.Invalid(idKey, $"There is no field with the id {wantedIds.First()}.");
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

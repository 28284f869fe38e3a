namespace AffinityDurable.Core.Definitions;

/// <summary>Finds a field of a sync as people name it: by id, by name, or as the definition writes it.</summary>
public static class FieldNames
{
    /// <summary>The field; null when the sync has none of this name.</summary>
    public static ResolvedField? Find(string name, IEnumerable<ResolvedField> fields)
    {
        var known = fields.ToList();
        return known.FirstOrDefault(field => field.Field.Id == name)
            ?? known.FirstOrDefault(field => field.Field.Name == name || field.Mapping.Field == name)
            ?? known.FirstOrDefault(field => Same(field.Field.Id, name) || Same(field.Field.Name, name) || Same(field.Mapping.Field, name));
    }

    /// <summary>What there is, for a message.</summary>
    public static string Known(IEnumerable<ResolvedField> fields) =>
        $"Its fields are {string.Join(", ", fields.Select(field => $"{field.Field.Name} ({field.Field.Id})"))}.";

    private static bool Same(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);
}

using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions;

/// <summary>Finds the field that a mapping names: by id, else by exact name, else by name without regard to case.</summary>
internal sealed class FieldLookup(IReadOnlyList<AffinityField> fields)
{
    /// <summary>The one field; null when there is none or several.</summary>
    public AffinityField? Find(FieldMapping mapping) => Find(mapping.Field);

    /// <summary>The one field of this id or name; null when there is none or several.</summary>
    public AffinityField? Find(string name) => Candidates(name) is [var only] ? only : null;

    /// <summary>Why <see cref="Find(FieldMapping)"/> found nothing.</summary>
    public Problem Problem(FieldMapping mapping, string? file)
    {
        var candidates = Candidates(mapping.Field);
        return candidates.Count == 0 ? NotFound(mapping, file) : Ambiguous(mapping, candidates, file);
    }

    private static Problem Ambiguous(FieldMapping mapping, List<AffinityField> candidates, string? file)
    {
        var ids = string.Join(", ", candidates.Select(field => $"{field.Id} (\"{field.Name}\", {field.Type}, {field.ValueType})"));
        return Errors.Problem.Of(
            DefinitionErrors.FieldAmbiguous,
            $"'{mapping.Field}' is the name of {candidates.Count} fields: {ids}.",
            "Use the id of the one you mean.",
            file,
            mapping.Line);
    }

    private List<AffinityField> Candidates(string name)
    {
        var byId = fields.Where(field => field.Id == name).Take(1).ToList();
        if (byId.Count > 0)
        {
            return byId;
        }

        var exact = fields.Where(field => field.Name.Trim() == name).ToList();
        return exact.Count > 0 ? exact : [.. fields.Where(field => string.Equals(field.Name.Trim(), name, StringComparison.OrdinalIgnoreCase))];
    }

    private Problem NotFound(FieldMapping mapping, string? file)
    {
        var near = Nearest.To(mapping.Field, fields.SelectMany(field => new[] { field.Name, field.Id }));
        return Errors.Problem.Of(
            DefinitionErrors.FieldNotFound,
            $"The list has no field '{mapping.Field}'.",
            near.Count == 0 ? null : $"Did you mean {string.Join(" or ", near.Select(name => $"'{name}'"))}?",
            file,
            mapping.Line);
    }
}

using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.References;

/// <summary>Who is meant: a person or company by a key in normal form. Survives JSON.</summary>
/// <param name="Kind">Whether a person or a company is meant.</param>
/// <param name="By">What the key is.</param>
/// <param name="Key">The key: a host, an address in lower case, or a name.</param>
public sealed record ReferenceQuestion(ReferenceKind Kind, ReferenceKey By, string Key)
{
    /// <summary>Affinity searches for three characters or more.</summary>
    private const int ShortestTerm = 3;

    /// <summary>Whether cells of a field can be keys of this kind.</summary>
    public static bool Fits(ReferenceKey by, string valueType) => (by, valueType) switch
    {
        (ReferenceKey.Id, _) => true,
        (ReferenceKey.Domain, "company" or "company-multi") => true,
        (ReferenceKey.Email, "person" or "person-multi") => true,
        (ReferenceKey.ExactName, "company" or "company-multi" or "person" or "person-multi") => true,
        _ => false,
    };

    /// <summary>The items of a cell, each with the question that it asks; null for one that cannot be a key.</summary>
    internal static IReadOnlyList<(string Text, ReferenceQuestion? Question)> AllOf(string cell, ResolvedField field)
    {
        var texts = field.ValueType().IsMulti ? SetCell.Split(cell, field.Mapping.Separator)?.Select(item => item.Text) : [cell];
        return [.. (texts ?? [cell]).Select(text => (text, Of(text, field)))];
    }

    private static ReferenceQuestion? Of(string text, ResolvedField field)
    {
        var by = field.Mapping.Resolve;
        var key = by switch
        {
            ReferenceKey.Domain => DomainKey.Normalize(text),
            ReferenceKey.Email => EmailKey.Normalize(text),
            _ => text.Trim() is { Length: >= ShortestTerm } name ? name : null,
        };
        var kind = field.Field.ValueType is "company" or "company-multi" ? ReferenceKind.Company : ReferenceKind.Person;
        return key is null ? null : new ReferenceQuestion(kind, by, key);
    }
}

/// <summary>Whom a field can hold.</summary>
public enum ReferenceKind
{
    Company,
    Person,
}

/// <summary>Who was found.</summary>
/// <param name="Question">The question.</param>
/// <param name="Id">The only one; null for none or several.</param>
/// <param name="IsAmbiguous">Several were found.</param>
public sealed record ReferenceAnswer(ReferenceQuestion Question, long? Id, bool IsAmbiguous = false)
{
    /// <summary>Affinity was asked for it in this run.</summary>
    public bool IsSearched { get; init; }
}

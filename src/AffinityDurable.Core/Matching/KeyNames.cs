using AffinityDurable.Core.Definitions;

namespace AffinityDurable.Core.Matching;

/// <summary>Keys as definitions spell them.</summary>
internal static class KeyNames
{
    /// <summary>The key of a rule, with the field where it is one.</summary>
    public static string Of(MatchRule rule) => rule.By == MatchKey.Field ? $"field '{rule.Field}'" : Of(rule.By);

    public static string Of(MatchKey key) => key switch
    {
        MatchKey.EntryId => "entryId",
        MatchKey.CompanyId => "companyId",
        MatchKey.PersonId => "personId",
        MatchKey.Domain => "domain",
        MatchKey.Email => "email",
        MatchKey.Field => "field",
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, null),
    };
}

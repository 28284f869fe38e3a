using AffinityDurable.Core.Definitions;

namespace AffinityDurable.Core.Matching;

/// <summary>Keys as definitions spell them.</summary>
internal static class KeyNames
{
    public static string Of(MatchKey key) => key switch
    {
        MatchKey.EntryId => "entryId",
        MatchKey.CompanyId => "companyId",
        MatchKey.PersonId => "personId",
        MatchKey.Domain => "domain",
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, null),
    };
}

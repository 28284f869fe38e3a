namespace AffinityDurable.Sources.Http.Lookup;

/// <summary>The columns that every row of a lookup has before those of the answer.</summary>
internal static class LookupColumns
{
    public static readonly IReadOnlyList<string> OfEntry = ["entry_id", "company_id", "domain", "email"];
}

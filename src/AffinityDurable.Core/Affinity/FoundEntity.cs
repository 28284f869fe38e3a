namespace AffinityDurable.Core.Affinity;

/// <summary>A company or person that a search has found.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Display name.</param>
/// <param name="Domains">All domains of a company, as Affinity gives them; empty for a person.</param>
/// <param name="Emails">All e-mail addresses of a person, as Affinity gives them; empty for a company.</param>
public sealed record FoundEntity(long Id, string? Name, IReadOnlyList<string> Domains, IReadOnlyList<string> Emails);

namespace AffinityDurable.Simulator.Model;

/// <summary>The five parts of a location; each may be null, all five are always on the wire.</summary>
public sealed record Location(string? StreetAddress, string? City, string? State, string? Country, string? Continent);

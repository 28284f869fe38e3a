using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Searching;

/// <summary>The parts a location must have; those that are null may be anything.</summary>
internal sealed record PlacePattern(string? StreetAddress, string? City, string? State, string? Country, string? Continent)
{
    public bool Fits(Location place) => Fits(StreetAddress, place.StreetAddress) && Fits(City, place.City) && Fits(State, place.State)
        && Fits(Country, place.Country) && Fits(Continent, place.Continent);

    private static bool Fits(string? wanted, string? part) =>
        wanted is null || string.Equals(wanted, part, StringComparison.OrdinalIgnoreCase);
}

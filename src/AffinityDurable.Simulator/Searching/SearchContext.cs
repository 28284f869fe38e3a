using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Searching;

/// <summary>What surrounds a search: the account, the time, the open points of the API, and whether hidden values stay hidden.</summary>
internal sealed record SearchContext(Tenant Tenant, DateTimeOffset Now, SimulatedBehavior Behavior, bool Redacts);

namespace AffinityDurable.Simulator.Limits;

/// <summary>Which limit refused a request. No header or field tells a client.</summary>
internal enum Refusal
{
    None,
    Minute,
    Month,
    Concurrency,
}

namespace AffinityDurable.Simulator.Tests.Facts;

/// <summary>Names the facts of docs/simulator.md that a test, or every test of a class, proves: it fails if the simulator did otherwise.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class ProvesAttribute(params string[] facts) : Attribute
{
    public IReadOnlyList<string> Facts { get; } = facts;
}

namespace AffinityDurable.Delivery.Tests.Infrastructure;

/// <summary>A test that needs the compiler of Bicep; it is left out where the compiler is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BicepFactAttribute : FactAttribute
{
    public BicepFactAttribute() => Skip = Bicep.ReasonToSkip;
}

/// <summary>The same for several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BicepTheoryAttribute : TheoryAttribute
{
    public BicepTheoryAttribute() => Skip = Bicep.ReasonToSkip;
}

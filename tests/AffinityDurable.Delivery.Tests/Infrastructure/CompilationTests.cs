namespace AffinityDurable.Delivery.Tests.Infrastructure;

/// <summary>Every template compiles, and the linter has nothing to say of it.</summary>
public sealed class CompilationTests
{
    public static TheoryData<string> Templates => [.. Repository.Paths("infra", "*.bicep")];

    [BicepTheory]
    [MemberData(nameof(Templates))]
    public void Templates_compile_without_a_warning(string template)
    {
        Assert.Empty(Bicep.Run("lint", Repository.Absolute(template)).Findings);
    }
}

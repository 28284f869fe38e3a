namespace Says.Tests;

public class OrchestratorTests
{
    [Fact]
    public void Types_load() => Assert.NotEmpty(typeof(AffinityDurable.Functions.Orchestrator).GetMethods());
}

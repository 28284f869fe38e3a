using AffinityDurable.Simulator;
using Microsoft.Extensions.Configuration;

namespace AffinityDurable.Functions.Tests.World;

/// <summary>The key that the simulated Affinity takes now, as a mounted secret would hold it: read at the start and at every reload.</summary>
internal sealed class CurrentKey(SimulatorServer affinity) : ConfigurationProvider, IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override void Load() => Set("Affinity:ApiKey", affinity.ApiKey);
}

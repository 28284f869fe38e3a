using AffinityDurable.Simulator;
using Microsoft.Extensions.Configuration;

namespace AffinityDurable.Functions.Tests.World;

/// <summary>
/// The key that the simulated Affinity takes now, as a mounted secret would hold it: read at the start and at every reload. Where none is
/// taken any more, the last one stays.
/// </summary>
internal sealed class CurrentKey(SimulatorServer affinity) : ConfigurationProvider, IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override void Load()
    {
        if (affinity.Tenant.ApiKeys.FirstOrDefault() is { } key)
        {
            Set("Affinity:ApiKey", key.Secret);
        }
    }
}

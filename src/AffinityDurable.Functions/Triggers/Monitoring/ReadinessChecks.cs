using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Triggers.Monitoring;

/// <summary>What runs depend on.</summary>
internal static class ReadinessChecks
{
    /// <summary>Probes come every few seconds, from several places.</summary>
    private static readonly TimeSpan Briefly = TimeSpan.FromSeconds(2);

    /// <summary>A call of Affinity's API counts against the month, and Key Vault throttles.</summary>
    private static readonly TimeSpan ForAMinute = TimeSpan.FromMinutes(1);

    public static IServiceCollection AddReadinessChecks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheck("runs", Briefly, provider => token => ReadAsync(provider.GetRequiredService<IRunStore>(), token));
        services.AddCheck("state", Briefly, provider => token => WriteAsync(provider.GetRequiredService<ISyncState>(), token));
        services.AddCheck("definitions", Briefly, provider => token => provider.GetRequiredService<IDefinitionStore>().ListAsync(token));
        services.AddCheck("affinity", ForAMinute, provider => token => CallAsync(provider.GetRequiredKeyedService<AffinityClient>(AffinityClient.ReadOnlyKey), token));
        if (configuration[KeyVaultSettings.UriKey] is { } uri && !string.IsNullOrWhiteSpace(uri))
        {
            services.AddCheck("keyVault", ForAMinute, provider => token => provider.GetRequiredService<KeyVaultProbe>().EnsureReachableAsync(token));
        }

        return services.AddSingleton<HealthDesk>();
    }

    private static void AddCheck(this IServiceCollection services, string name, TimeSpan goodFor, Func<IServiceProvider, Func<CancellationToken, Task>> look) =>
        services.AddSingleton(provider => new ReadinessCheck(
            name, goodFor, look(provider), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ReadinessCheck>>()));

    private static async Task ReadAsync(IRunStore store, CancellationToken cancellationToken)
    {
        await foreach (var _ in store.RunsAsync(cancellationToken))
        {
            break;
        }
    }

    private static async Task WriteAsync(ISyncState state, CancellationToken cancellationToken)
    {
        var key = $"probe/{Guid.NewGuid():N}";
        var etag = await state.TryCreateAsync(key, new Probe(), cancellationToken);
        await state.TryDeleteAsync(key, etag!, cancellationToken);
    }

    /// <summary>Who is told to wait has reached Affinity with a good key.</summary>
    private static async Task CallAsync(AffinityClient affinity, CancellationToken cancellationToken)
    {
        var answer = await affinity.WhoAmIAsync(cancellationToken);
        if (answer.Fault is { Kind: not (FaultKind.MinuteLimit or FaultKind.ConcurrencyLimit or FaultKind.MonthlyLimit) })
        {
            answer.Require();
        }
    }

    /// <summary>Document that shows that the state can be written.</summary>
    private sealed record Probe;
}

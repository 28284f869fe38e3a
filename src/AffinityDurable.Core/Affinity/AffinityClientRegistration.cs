using System.Net;
using AffinityDurable.Core.Affinity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers <see cref="AffinityClient"/>.</summary>
public static class AffinityClientRegistration
{
    private const string HttpClientName = "affinity";

    /// <summary>
    /// Adds <see cref="AffinityClient"/> and, under <see cref="AffinityClient.ReadOnlyKey"/>, the one that only reads. The key comes
    /// from a registered <see cref="IAffinityKey"/>, by default from the setting <c>Affinity:ApiKey</c>; the clock from a registered
    /// <see cref="TimeProvider"/>.
    /// </summary>
    public static IServiceCollection AddAffinityClient(this IServiceCollection services, Action<AffinityOptions>? configure = null)
    {
        services.AddOptions<AffinityOptions>().Configure(configure ?? (_ => { })).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AffinityOptions>, AffinityOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IAffinityKey>(provider => new ConfiguredAffinityKey(provider.GetService<IConfiguration>()));
        services.AddHttpClient(HttpClientName, http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(Sockets)
            .AddHttpMessageHandler(provider => new WriteGate(provider.GetRequiredService<IOptionsMonitor<AffinityOptions>>()))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan) // The connection pool renews connections itself.
            .RemoveAllLoggers(); // They cost time on every call and would write headers at Trace.
        services.TryAddSingleton(Client);
        services.TryAddKeyedSingleton(AffinityClient.ReadOnlyKey, (provider, _) => provider.GetRequiredService<AffinityClient>().ReadOnly());
        return services;
    }

    /// <summary>
    /// As above, with settings from the section <c>Affinity</c> and from <c>Writes:Enabled</c>. A change of the configuration
    /// flips the write switch while calls are under way; a value that is no boolean stops every call.
    /// </summary>
    public static IServiceCollection AddAffinityClient(this IServiceCollection services, IConfiguration configuration, Action<AffinityOptions>? configure = null)
    {
        services.AddSingleton<IOptionsChangeTokenSource<AffinityOptions>>(new ConfigurationChangeTokenSource<AffinityOptions>(configuration));
        services.AddOptions<AffinityOptions>()
            .Configure(options => configuration.GetSection("Affinity").Bind(options))
            .Configure(options => options.WritesEnabled = configuration.GetValue("Writes:Enabled", options.WritesEnabled));
        return services.AddAffinityClient(configure);
    }

    private static AffinityClient Client(IServiceProvider provider) =>
        new(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName),
            provider.GetRequiredService<IAffinityKey>(),
            provider.GetRequiredService<IOptions<AffinityOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILogger<AffinityClient>>() ?? NullLogger<AffinityClient>.Instance);

    private static SocketsHttpHandler Sockets() => new()
    {
        // Long enough to reuse connections, short enough to follow DNS.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        AutomaticDecompression = DecompressionMethods.All,

        // The API does not redirect; what does is something in between that must not get the key.
        AllowAutoRedirect = false,
        UseCookies = false,
    };
}

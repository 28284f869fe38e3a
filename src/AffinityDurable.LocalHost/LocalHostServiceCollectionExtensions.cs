using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AffinityDurable.LocalHost;

/// <summary>Registers the embedded host.</summary>
public static class LocalHostServiceCollectionExtensions
{
    /// <summary>Adds an <see cref="EmbeddedHost"/> that starts and stops with the application.</summary>
    public static IServiceCollection AddLocalHost(this IServiceCollection services, Action<LocalHostOptions> configure)
    {
        services.AddOptions().AddLogging();
        services.Configure(configure);

        // As the isolated worker does for everything that crosses a function's boundary.
        services.Configure<JsonSerializerOptions>(json => json.PropertyNameCaseInsensitive = true);

        // Executors for the IActionResults that HTTP functions return.
        services.AddMvcCore();
        services.AddSingleton<HostAddress>();
        services.AddSingleton<EmbeddedHost>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<EmbeddedHost>());
        return services;
    }
}

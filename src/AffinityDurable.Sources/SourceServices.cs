using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Connections;
using AffinityDurable.Sources.Csv;
using AffinityDurable.Sources.Files;
using AffinityDurable.Sources.Files.Arrivals;
using AffinityDurable.Sources.Files.Stores;
using AffinityDurable.Sources.Http;
using AffinityDurable.Sources.JsonLines;
using AffinityDurable.Sources.Parquet;
using AffinityDurable.Sources.Postgres;
using AffinityDurable.Sources.Push;
using AffinityDurable.Sources.Snowflake;
using AffinityDurable.Sources.SqlServer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AffinityDurable.Sources;

/// <summary>Registers the adapters.</summary>
public static class SourceServices
{
    /// <summary>Adds every type of source and <see cref="SourceAdapters"/>.</summary>
    public static IServiceCollection AddSources(this IServiceCollection services, Action<SourceOptions>? configure = null)
    {
        var options = services.AddOptions<SourceOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddSingleton<SourceAdapters>();
        services.TryAddSingleton(provider => new SourceTypes(provider.GetServices<ISourceAdapter>()));
        services.TryAddSingleton(provider => new SourceConnections(provider.GetService<IConfiguration>()));
        services.TryAddSingleton<FileStores>();
        services.TryAddSingleton<FileIntake>();
        services.TryAddSingleton(provider => new ArrivalLook(provider.GetRequiredService<FileStores>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISourceAdapter, CsvSourceAdapter>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISourceAdapter, JsonLinesSourceAdapter>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISourceAdapter, ParquetSourceAdapter>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISourceAdapter, PostgresSourceAdapter>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISourceAdapter, SnowflakeSourceAdapter>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISourceAdapter, SqlServerSourceAdapter>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISourceAdapter, PushSourceAdapter>());
        services.TryAddSingleton<HttpTransport>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISourceAdapter, HttpSourceAdapter>());
        return services;
    }
}

using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Cancelling;
using AffinityDurable.Core.Explaining;
using AffinityDurable.Core.Health;
using AffinityDurable.Core.Holds;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reading;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Verifying;
using AffinityDurable.Core.Undoing;
using AffinityDurable.Functions.Activities;
using AffinityDurable.Functions.Arrivals;
using AffinityDurable.Functions.Syncs;
using AffinityDurable.Functions.Scheduling;
using AffinityDurable.Functions.Storage;
using AffinityDurable.Functions.Triggers;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Monitoring;
using AffinityDurable.Functions.Triggers.Pushing;
using AffinityDurable.Functions.Triggers.Views;
using AffinityDurable.Functions.Triggers.Webhooks;
using AffinityDurable.Functions.Work;
using AffinityDurable.Sources;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Functions;

/// <summary>Registers what the functions need, the same on Azure and on the embedded host.</summary>
public static class AffinityDurableServices
{
    /// <summary>Adds the engine, the sources, the stores and the HTTP authorizer.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">
    /// Sections <c>Affinity</c>, <c>Writes</c>, <c>Sources</c>, <c>Access</c>; <c>Definitions</c> and <c>Stores</c>
    /// (<c>BlobUri</c>, else <c>Directory</c>: <c>syncs</c> and <c>.affinity-durable</c>).
    /// </param>
    /// <exception cref="Core.Errors.ProblemException">On Azure, stores that go away with the instance (AFF785).</exception>
    public static IServiceCollection AddAffinityDurable(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddAffinityClient(configuration);
        services.AddSources(options => configuration.GetSection("Sources").Bind(options));
        services.Configure<PushOptions>(configuration.GetSection("Push"));
        return services.AddStores(configuration).AddAccess(configuration).AddReadinessChecks(configuration).AddWebhook(configuration).AddSteps();
    }

    private static IServiceCollection AddStores(this IServiceCollection services, IConfiguration configuration)
    {
        StoreSettings.EnsureLasting(configuration);
        services.TryAddSingleton(_ => StoreSettings.Definitions(configuration));
        services.TryAddSingleton(provider => StoreSettings.RunStore(configuration, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(_ => StoreSettings.SyncState(configuration));
        services.TryAddSingleton(_ => KeyVaultProbe.Of(configuration));
        services.TryAddSingleton(provider =>
            StoreSettings.Leases(configuration, provider.GetRequiredService<ISyncState>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    private static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AccessOptions>().Bind(configuration.GetSection("Access")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccessOptions>, AccessOptionsValidator>();
        services.TryAddSingleton(configuration);
        services.AddSingleton<KeyRing>();
        services.AddSingleton<SignedInCallers>();
        services.AddSingleton<RequestAuthorizer>();
        services.AddHttpClient(GoogleKeys.Client, client =>
            {
                client.Timeout = GoogleKeys.Patience;
                client.MaxResponseContentBufferSize = GoogleKeys.MostBytes;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        services.AddSingleton<GoogleKeys>();
        services.AddSingleton<PubSubTokens>();
        services.AddSingleton<NotificationSenders>();
        services.AddSingleton<AuditBook>();
        services.AddSingleton<ApiDoor>();
        return services;
    }

    private static IServiceCollection AddSteps(this IServiceCollection services)
    {
        services.AddSingleton<SyncCatalog>();
        services.AddSingleton<FrozenSyncs>();
        services.AddSingleton<LiveResolution>();
        services.AddSingleton<RunRequests>();
        services.AddSingleton<ErrorNotes>();
        services.AddSingleton<ScheduleBook>();
        services.AddSingleton<Schedules>();
        services.AddSingleton<Dependencies>();
        services.AddSingleton<NightBook>();
        services.AddSingleton<Telemetry.VitalSigns>();
        services.AddWork();
        services.AddSingleton<HoldBook>();
        services.AddSingleton<ApprovalBook>();
        services.AddSingleton<CancelBook>();
        services.AddSingleton<CancelWatch>();
        services.AddSingleton<StoredPlans>();
        services.AddSingleton<LiveValueAdopter>();
        services.AddSingleton<UndoneRuns>();
        services.AddSingleton<UndoPlanner>();
        services.AddSingleton<ListEntrance>();
        services.AddSingleton<ApprovalDesk>();
        services.AddSingleton<CancelDesk>();
        services.AddSingleton<FollowUpRuns>();
        services.AddSingleton<HoldRelease>();
        services.AddSingleton<RunStarter>();
        services.AddSingleton<RunViews>();
        services.AddSingleton<RunSummaries>();
        services.AddSingleton<SyncViews>();
        services.AddSingleton<RunFiles>();
        services.AddSingleton<PlanDiff>();
        services.AddSingleton<SourceReading>();
        services.AddSingleton<PushIntake>();
        services.AddSingleton<ArrivalBook>();
        services.AddSingleton<ArrivalDesk>();
        services.AddSingleton<ArrivalWatch>();
        services.AddSingleton<TopicBook>();
        services.AddSingleton<LastWrittenStore>();
        services.AddSingleton<HealthStore>();
        services.AddSingleton<GoodRuns>();
        services.AddSingleton<PendingRows>();
        services.AddSingleton<LastSuccesses>();
        services.AddSingleton<GuardExamples>();
        services.AddSingleton<PlanBuilder>();
        services.AddSingleton<BatchApplier>();
        services.AddSingleton<WriteVerifier>();
        services.AddSingleton<RunCloser>();
        services.AddSingleton<Explainer>();
        services.AddSingleton(provider => new ListReader(
            provider.GetRequiredKeyedService<Core.Affinity.AffinityClient>(Core.Affinity.AffinityClient.ReadOnlyKey),
            provider.GetRequiredService<IRunStore>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new NamedEntriesReader(
            provider.GetRequiredKeyedService<Core.Affinity.AffinityClient>(Core.Affinity.AffinityClient.ReadOnlyKey),
            provider.GetRequiredService<IRunStore>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ValuesReader(
            provider.GetRequiredKeyedService<Core.Affinity.AffinityClient>(Core.Affinity.AffinityClient.ReadOnlyKey),
            provider.GetRequiredService<IRunStore>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new FullSetReader(
            provider.GetRequiredKeyedService<Core.Affinity.AffinityClient>(Core.Affinity.AffinityClient.ReadOnlyKey),
            provider.GetRequiredService<IRunStore>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Core.References.ReferenceMemory>();
        services.AddSingleton(provider => new Core.References.ReferenceReader(
            provider.GetRequiredKeyedService<Core.Affinity.AffinityClient>(Core.Affinity.AffinityClient.ReadOnlyKey),
            provider.GetRequiredService<IRunStore>(),
            provider.GetRequiredService<Core.References.ReferenceMemory>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new EditorReader(
            provider.GetRequiredKeyedService<Core.Affinity.AffinityClient>(Core.Affinity.AffinityClient.ReadOnlyKey),
            provider.GetRequiredService<IRunStore>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}

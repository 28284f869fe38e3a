using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Functions.Triggers.Webhooks;

/// <summary>Registers what takes the deliveries of Affinity's webhook.</summary>
internal static class WebhookServices
{
    public static IServiceCollection AddWebhook(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WebhookOptions>().Bind(configuration.GetSection("Webhooks:Affinity")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>();
        services.AddSingleton<WebhookToken>();
        services.AddSingleton<WebhookSignature>();
        services.AddSingleton<WebhookRoutes>();

        // The framework writes the path of every request, and that of the webhook holds the token.
        services.AddLogging(logging => logging
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.Routing", LogLevel.Warning));
        return services;
    }
}

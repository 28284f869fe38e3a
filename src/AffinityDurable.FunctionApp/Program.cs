using AffinityDurable.Functions;
using AffinityDurable.Functions.Storage;
using AffinityDurable.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
// The environment goes before the vault, as it does for the command line.
builder.Configuration.AddKeyVaultSecrets(builder.Configuration).AddEnvironmentVariables();
builder.Services.AddAffinityDurable(builder.Configuration);
builder.Services.AddAffinityDurableTelemetry(builder.Configuration);
// Else the host sends what the worker logs once more, without its event ids and scopes.
builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults();

await builder.Build().RunAsync();

using AffinityDurable.Functions;
using AffinityDurable.Functions.Storage;
using AffinityDurable.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
// The environment goes before the vault, as it does for the command line.
builder.Configuration.AddKeyVaultSecrets(builder.Configuration).AddEnvironmentVariables();
builder.Services.AddAffinityDurable(builder.Configuration);
builder.Services.AddAffinityDurableTelemetry(builder.Configuration);

await builder.Build().RunAsync();

using System.Net.Http.Json;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Arrivals;
using AffinityDurable.Functions.Telemetry;
using AffinityDurable.Functions.Tests.Access;
using AffinityDurable.Functions.Tests.Decisions;
using AffinityDurable.Functions.Tests.Scheduling;
using AffinityDurable.Functions.Tests.Webhooks;
using AffinityDurable.Functions.Tests.Work;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Functions.Triggers;
using AffinityDurable.Functions.Triggers.Arriving;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Sources.Files.Arrivals;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace AffinityDurable.Functions.Tests.Telemetry.Exported;

/// <summary>
/// A few nights in which everything happens that alerts, the workbook and saved queries are about, and what the exporter of Azure Monitor made of them.
/// </summary>
public sealed class EventfulNights : IAsyncLifetime
{
    private IngestionServer? server;

    internal IReadOnlyList<WorkspaceRow> Rows { get; private set; } = [];

    /// <summary>Everything that was sent, as it was sent.</summary>
    internal IEnumerable<string> Sent => server!.Envelopes.Select(envelope => envelope.GetRawText());

    public async Task InitializeAsync()
    {
        server = await IngestionServer.StartAsync();
        await RunsAsync();
        await NightAsync();
        await EventsAsync();
        await RefusalsAsync();
        Rows = [.. server.Envelopes.Select(WorkspaceRow.Of).OfType<WorkspaceRow>()];
    }

    public async Task DisposeAsync() => await server!.DisposeAsync();

    /// <summary>A run that has to wait for calls and leaves something out, one without fault, and one that a guard stops.</summary>
    private async Task RunsAsync()
    {
        await using var app = await StartAsync(settings => settings.Options = settings.Options with { CallsPerMinute = 8, CallsPerMonth = 1000 });
        app.Define("verify: changed\nguards: { maxRejectedPercent: 100 }", sync: "partial");
        app.Export(["company-1.com,1,Seed,,", "company-2.com,2,Series Q,,", "company-3.com,3,,,", "company-4.com,4,,,", "company-5.com,5,,,"], sync: "partial");
        app.Define(fields: "  ARR: arr", sync: "good");
        app.Export(["company-1.com,7"], header: "website,arr", sync: "good");
        app.Define("guards: { minRows: 3 }", "  ARR: arr", sync: "blocked");
        app.Export(["company-1.com,1"], header: "website,arr", sync: "blocked");
        app.Define(sync: "failed");

        await ExpectAsync(app, "partial", RunOutcome.Partial);
        await ExpectAsync(app, "good", RunOutcome.Succeeded);
        await ExpectAsync(app, "blocked", RunOutcome.Blocked);
        await ExpectAsync(app, "failed", RunOutcome.Failed);
        app.Send();
    }

    /// <summary>A plan waits for an approval and is cancelled, a night is missed, and a definition is broken.</summary>
    private async Task NightAsync()
    {
        await using var app = await StartAsync(host: options => options.ClockJump = null);
        app.Define("approval: always\napprovalTimeout: 3d", "  ARR: arr", sync: "waits");
        app.Export(["company-1.com,1"], header: "website,arr", sync: "waits");
        app.Define("color: blue", sync: "broken");
        await app.TickAsync(TestApp.Evening);
        var waiting = await app.StartRunAsync(sync: "waits");
        await app.UntilWaitingAsync(waiting);

        await app.TickAsync(TestApp.Evening.AddHours(15));
        await app.Services.GetRequiredService<VitalSigns>().TellAsync(CancellationToken.None);
        app.Send();

        await app.Services.GetRequiredService<CancelDesk>().CancelAsync(RunId.Parse(waiting), "Ada", "seen", app.Client, CancellationToken.None);
        Assert.Equal(RunOutcome.Cancelled, (await app.EndAsync(waiting)).Outcome);
        app.Send();
    }

    /// <summary>Deliveries, a file for nobody, news that nobody understands, work that is given up, and people who call the API.</summary>
    private async Task EventsAsync()
    {
        var settings = ApiApp.Settings;
        settings["Webhooks:Affinity:Token"] = WebhookApp.Token;
        await using var app = await StartAsync(settings: settings, host: options => options.Listen = new Uri("http://127.0.0.1:0"));
        app.Define("onNewEntry: true", "  ARR: arr");
        await app.DeliverAsync(app.NewEntry(1));
        await app.DeliverAsync(app.NewEntry(2, sentAt: app.Clock.GetUtcNow().AddHours(-13)));
        await app.DeliverAsync("""{"type":"note.created","body":{"id":1}}""");
        await app.DeliverAsync("[]");
        await app.Services.GetRequiredService<ArrivalDesk>().AnnounceAsync(new ArrivedFile(ArrivedFile.Azure, "exports", "nobody.csv", null), app.Client, CancellationToken.None);
        await Assert.ThrowsAsync<ProblemException>(() => LastAttemptAsync(app, "no news"));
        await app.DoneAsync();
        await app.Services.GetRequiredService<VitalSigns>().TellAsync(CancellationToken.None);

        using var hightouch = app.Operator();
        await hightouch.PostAsJsonAsync("/api/syncs/portfolio/hold", new { reason = "look first" });
        using var nobody = app.Caller();
        await nobody.PostAsync("/api/syncs/portfolio/hold", null);
        app.Send();
    }

    private static Task LastAttemptAsync(TestApp app, string message)
    {
        var data = new Dictionary<string, object?> { ["DequeueCount"] = "5" };
        var binding = Mock.Of<BindingContext>(binding => binding.BindingData == data);
        var attempt = Mock.Of<FunctionContext>(context => context.BindingContext == binding);
        return ActivatorUtilities.CreateInstance<BlobArrived>(app.Services).RunAsync(message, app.Client, attempt, CancellationToken.None);
    }

    /// <summary>Affinity forbids something, and then does not know the key any more.</summary>
    private async Task RefusalsAsync()
    {
        await using var app = await StartAsync();
        app.Define(fields: "  ARR: arr", sync: "refused");
        app.Export(["company-1.com,1"], header: "website,arr", sync: "refused");
        app.Affinity.Faults.Add(new Fault { Method = "GET", PathContains = "/lists/77/fields", Status = 403 });
        await ExpectAsync(app, "refused", RunOutcome.Failed);
        app.World.Tenant.RevokeApiKey(Tenant.DefaultApiKey);
        await ExpectAsync(app, "refused", RunOutcome.Failed);
        app.Send();
    }

    private async Task<TestApp> StartAsync(
        Action<SimulatorSettings>? affinity = null, Action<LocalHost.LocalHostOptions>? host = null, Dictionary<string, string?>? settings = null) =>
        (await TestApp.StartAsync(companies: 5, affinity, host, settings, ExportingApp.To(server!))).Told();

    private static async Task<RunReport> ExpectAsync(TestApp app, string sync, RunOutcome outcome)
    {
        var report = await app.RunAsync(sync: sync);
        Assert.Equal(outcome, report.Outcome);
        return report;
    }
}

/// <summary>Spans and metrics come from the whole process: while these are taken, nothing else may run.</summary>
[CollectionDefinition(Alone, DisableParallelization = true)]
public sealed class ExportedTelemetry : ICollectionFixture<EventfulNights>
{
    public const string Alone = "exported telemetry";
}

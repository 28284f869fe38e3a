using System.Text.Json;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Telemetry;
using AffinityDurable.Functions.Activities;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Telemetry;
using AffinityDurable.Functions.Tests.Decisions;
using AffinityDurable.Functions.Tests.Scheduling;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Seeding;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace AffinityDurable.Functions.Tests.Telemetry;

/// <summary>What the product tells of itself.</summary>
public sealed class TelemetryTests
{
    private const string Sync = "told";
    private const string Planted = "CANARY-7F3A";

    [Fact]
    public async Task Every_step_of_a_run_is_a_span_and_all_are_joined_by_the_run()
    {
        using var told = new Told();
        await using var app = await StartAsync(told);

        var report = await app.RunAsync(sync: Sync);

        var spans = told.SpansOf(report.RunId);
        string[] steps = [nameof(OpenRun), nameof(ReadListPages), nameof(ReadSource), nameof(BuildPlan), nameof(CheckGuards), nameof(RequestApproval), nameof(ApplyBatch), nameof(VerifyWrites), nameof(CloseRun)];
        Assert.Equal(steps, spans.Where(span => steps.Contains(span.OperationName)).OrderBy(span => span.StartTimeUtc).Select(span => span.OperationName).Distinct());
        Assert.All(spans.Where(span => steps.Contains(span.OperationName)), span => Assert.Equal((Sync, 77L), (span.GetTagItem(Signals.Sync), span.GetTagItem(Signals.ListId))));
        Assert.Equal(report.Calls.Total, spans.Count(span => span.OperationName == CallSignals.Span));
        Assert.Equal(
            ["GET /v2/lists/{id}", "GET /v2/lists/{id}/fields", "GET /v2/lists/{id}/list-entries", "POST /v2/lists/{id}/list-entries/{id}/fields"],
            spans.Where(span => span.OperationName == CallSignals.Span)
                .Select(span => $"{span.GetTagItem(Signals.Method)} {span.GetTagItem(Signals.Endpoint)}".Replace("PATCH", "POST", StringComparison.Ordinal))
                .Where(call => !call.Contains("dropdown-options", StringComparison.Ordinal))
                .Distinct().Order(StringComparer.Ordinal));
        var source = Assert.Single(spans, span => span.OperationName == SourceReading.Span);
        Assert.Equal(("csv", 5L), (source.GetTagItem(Signals.SourceType), source.GetTagItem(Signals.Records)));
    }

    [Fact]
    public async Task A_run_is_counted_with_what_it_wrote_rejected_and_waited_for()
    {
        using var told = new Told();
        await using var app = await StartAsync(told, callsPerMinute: 8);

        var report = await app.RunAsync(sync: Sync);

        var ended = Assert.Single(told.Measurements, one => one.Metric == "affinity.runs" && one.Tag(Signals.Sync) == Sync && one.Value > 0);
        Assert.Equal(nameof(RunOutcome.Partial), ended.Tag(Signals.Outcome));
        Assert.Equal([report.Writes!.EntriesWritten], told.Of("affinity.entries_written", Sync));
        Assert.Equal([report.Writes.FieldsWritten], told.Of("affinity.fields_written", Sync));
        Assert.Equal([(report.EndedAt - report.StartedAt).TotalSeconds], told.Of("affinity.run.duration", Sync));
        var rejects = told.Measurements.Where(one => one.Metric == "affinity.rejects" && one.Tag(Signals.Sync) == Sync);
        Assert.Equal(report.RejectsByCode.OrderBy(code => code.Key).Select(code => (code.Key, (double)code.Value)), rejects.Select(one => (one.Tag(Signals.Code)!, one.Value)).Order());
        Assert.Equal(report.Waits.Select(wait => (double)wait.Count), told.Of("affinity.waits", Sync));
        Assert.Equal(report.Waits.Select(wait => wait.Total.TotalSeconds), told.Of("affinity.wait_seconds", Sync));
        Assert.True(report.Waits.Count > 0);
        Assert.Contains(told.Measurements, one => one.Metric == "affinity.calls" && one.Tag(Signals.Kind) == "write" && one.Tag(Signals.Endpoint) == "/v2/lists/{id}/list-entries/{id}/fields");
        Assert.Contains(told.Measurements, one => one.Metric == "affinity.minute_calls_remaining" && one.Value is >= 0 and < 8);
        Assert.All(told.Measurements.Where(one => one.Metric == "affinity.minute_window_use"), one => Assert.InRange(one.Value, 0, 1));
    }

    [Fact]
    public async Task Log_messages_of_a_step_say_which_run_sync_and_list_they_are_about()
    {
        using var told = new Told();
        await using var app = await StartAsync(told);

        var report = await app.RunAsync(sync: Sync);

        var closed = Assert.Single(told.Lines, line => line.Event == 1001);
        Assert.Equal((report.RunId, Sync, 77L), (closed.Scope["RunId"], closed.Scope["Sync"], closed.Scope["ListId"]));
    }

    [Fact]
    public async Task No_span_metric_or_log_message_holds_a_value()
    {
        using var told = new Told();
        await using var app = await StartAsync(told);

        var report = await app.RunAsync(sync: Sync);

        Assert.Contains(app.World.Entries, entry => Planted.Equals(entry.Get(app.World.Notes)));
        string[] texts =
        [
            .. told.SpansOf(report.RunId).SelectMany(span => span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Append(span.DisplayName).Append(span.StatusDescription ?? "")),
            .. told.Measurements.SelectMany(one => one.Tags.Select(tag => $"{tag.Key}={tag.Value}")),
            .. told.Lines.Where(line => line.Level >= LogLevel.Information).SelectMany(line => line.Scope.Select(member => $"{member.Key}={member.Value}").Append(line.Text)),
        ];
        Assert.NotEmpty(texts);
        Assert.DoesNotContain(texts, text => text.Contains(Planted, StringComparison.Ordinal) || text.Contains("424242", StringComparison.Ordinal));
        Assert.DoesNotContain(texts, text => text.Contains(app.Affinity.ApiKey, StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_nothing_runs_each_tick_tells_for_how_long_no_run_was_good_and_what_waits()
    {
        using var told = new Told();
        await using var app = await DecidedApp.StartAsync(companies: 5);
        app.Define(fields: "  ARR: arr", sync: "told-good");
        app.Export(["company-1.com,1"], header: "website,arr", sync: "told-good");
        app.Define("approval: always\napprovalTimeout: 3d", "  Notes: notes", sync: "told-waits");
        app.Export(["company-1.com,x"], header: "website,notes", sync: "told-waits");
        await app.TickAsync(TestApp.Evening);
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.RunAsync(sync: "told-good");
        await app.UntilWaitingAsync(await app.StartRunAsync(sync: "told-waits"));

        app.Clock.Advance(TimeSpan.FromHours(30));
        await app.Services.GetRequiredService<VitalSigns>().TellAsync(CancellationToken.None);

        Assert.Equal([30], told.Of("affinity.hours_since_good_run", "told-good"));
        Assert.Equal([31], told.Of("affinity.hours_since_good_run", "told-waits"));
        Assert.Equal([0], told.Of("affinity.approvals_waiting", "told-good"));
        Assert.Equal([1], told.Of("affinity.approvals_waiting", "told-waits"));
        Assert.Equal([23], told.Of("affinity.hours_overdue", "told-good"));
        Assert.Equal([23], told.Of("affinity.hours_overdue", "told-waits"));
    }

    [Fact]
    public async Task Nothing_is_overdue_before_the_schedule_asks_for_it_or_while_a_sync_is_held()
    {
        using var told = new Told();
        await using var app = await DecidedApp.StartAsync(companies: 5);
        app.Define("schedule: { cron: \"0 2 * * 0\" }", sync: "told-weekly");
        app.Define("state: held", sync: "told-held");
        app.Define("state: planOnly", sync: "told-plans");
        await app.TickAsync(TestApp.Evening);

        app.Clock.Advance(TimeSpan.FromHours(30));
        await app.Services.GetRequiredService<VitalSigns>().TellAsync(CancellationToken.None);
        app.Clock.Advance(TimeSpan.FromDays(5));
        await app.Services.GetRequiredService<VitalSigns>().TellAsync(CancellationToken.None);

        Assert.Equal([0, 22], told.Of("affinity.hours_overdue", "told-weekly"));
        Assert.Equal([30, 150], told.Of("affinity.hours_since_good_run", "told-held"));
        Assert.Empty(told.Of("affinity.hours_overdue", "told-held"));
        Assert.Empty(told.Of("affinity.hours_overdue", "told-plans"));
    }

    [Fact]
    public async Task A_missed_occurrence_is_counted_with_its_code()
    {
        using var told = new Told();
        await using var app = await DecidedApp.StartAsync(companies: 5);
        app.Define(sync: "told-missed");
        await app.TickAsync(TestApp.Evening);

        await app.TickAsync(TestApp.Evening.AddHours(15));

        var missed = Assert.Single(told.Measurements, one => one.Metric == "affinity.occurrences_missed" && one.Tag(Signals.Sync) == "told-missed");
        Assert.Equal((1, HostErrors.OccurrenceMissed.Id), (missed.Value, missed.Tag(Signals.Code)));
    }

    [Fact]
    public async Task Problems_of_definitions_are_told_also_those_of_what_they_depend_on()
    {
        using var told = new Told();
        await using var app = await DecidedApp.StartAsync(companies: 5);
        app.Define(sync: "told-well");
        app.Define("color: blue", sync: "told-broken");
        app.Define("schedule: { dependsOn: [nobody] }", sync: "told-alone");

        await app.Services.GetRequiredService<VitalSigns>().TellAsync(CancellationToken.None);

        Assert.Equal([0], told.Of("affinity.definition_problems", "told-well"));
        Assert.Equal([1], told.Of("affinity.definition_problems", "told-broken"));
        Assert.Equal([1], told.Of("affinity.definition_problems", "told-alone"));
        Assert.Contains(told.Measurements, one => one.Metric == "affinity.syncs" && one.Value == 3);
    }

    [Theory]
    [InlineData(null, null, false)]
    [InlineData(TelemetryServices.Otlp, "http://127.0.0.1:4317", true)]
    [InlineData(TelemetryServices.ApplicationInsights, "InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=http://127.0.0.1:1/", true)]
    public void Only_what_the_settings_name_is_exported_to(string? setting, string? value, bool exports)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (setting is not null)
        {
            settings[setting] = value;
            settings[TelemetryServices.ApplicationInsightsSignIn] = "Authorization=AAD;ClientId=00000000-0000-0000-0000-000000000001";
        }

        using var services = new ServiceCollection().AddLogging().AddAffinityDurableTelemetry(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();

        Assert.Equal((exports, exports), (services.GetService<TracerProvider>() is not null, services.GetService<MeterProvider>() is not null));
    }

    [Fact]
    public void The_custom_status_of_a_run_stays_below_what_hosts_take()
    {
        var largest = new RunStatus
        {
            Phase = RunPhase.WaitingForApproval,
            Entries = int.MaxValue,
            Records = long.MaxValue,
            PlannedEntries = int.MaxValue,
            SettledEntries = int.MaxValue,
            VerifiedEntries = int.MaxValue,
            Calls = int.MaxValue,
            WaitReason = nameof(Core.Throttling.WaitReason.Concurrency),
            WaitUntil = DateTimeOffset.MaxValue,
            PlanHash = new string('f', 64),
        };

        Assert.InRange(JsonSerializer.Serialize(largest).Length, 100, 7999);
    }

    private static async Task<TestApp> StartAsync(Told told, int callsPerMinute = 100_000)
    {
        var app = await TestApp.StartAsync(
            companies: 5,
            affinity: settings => settings.Options = settings.Options with { CallsPerMinute = callsPerMinute },
            services: services => services.AddSingleton<ILoggerProvider>(told).AddAffinityDurableTelemetry(new ConfigurationBuilder().Build()));
        app.Define("verify: changed\nguards: { maxRejectedPercent: 100 }", sync: Sync);
        app.Export([$"company-1.com,424242,Seed,{Planted},", "company-2.com,424242,Series Q,x,", "company-3.com,3,,x,", "company-4.com,4,,x,", "company-5.com,5,,x,"], sync: Sync);
        return app;
    }
}

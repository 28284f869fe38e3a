using System.Diagnostics.Metrics;
using System.Text.Json;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Telemetry;
using AffinityDurable.Functions.Arrivals;
using AffinityDurable.Functions.Tests.Api;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Functions.Triggers.Arriving;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moq;

namespace AffinityDurable.Functions.Tests.Arriving;

/// <summary>News of files that nobody can take is given up by the host after the last attempt, and the app says so itself.</summary>
[Collection(ArrivingApp.PoisonIsCounted)]
public sealed class GivenUpArrivalTests : IDisposable
{
    private const string Exports = "az://exports/portfolio/*.csv\n  connection: lake";
    private const string Told = "News of files is given up";

    private readonly MeterListener listener = new();
    private int counted;

    public GivenUpArrivalTests()
    {
        listener.InstrumentPublished = (instrument, told) =>
        {
            if (instrument.Meter == Signals.Metrics && instrument.Name == "affinity.arrivals_given_up")
            {
                told.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref counted, (int)value));
        listener.Start();
    }

    public void Dispose() => listener.Dispose();

    [Fact]
    public void The_last_attempt_is_the_one_after_which_host_json_gives_a_message_up()
    {
        using var host = JsonDocument.Parse(File.ReadAllText(Path.Combine(ApprovedDocument.Repository(), "host.json")));

        Assert.Equal(BlobArrived.MostAttempts, host.RootElement.GetProperty("extensions").GetProperty("queues").GetProperty("maxDequeueCount").GetInt32());
    }

    [Theory]
    [InlineData("1", false)]
    [InlineData("4", false)]
    [InlineData("5", true)]
    [InlineData(5L, true)]
    [InlineData("6", true)]
    [InlineData("many", false)]
    [InlineData("-5", false)]
    [InlineData(null, false)]
    public async Task The_last_attempt_tells_what_is_given_up_and_why_and_fails_all_the_same(object? dequeueCount, bool isTold)
    {
        await using var app = await ArrivingApp.StartStillAsync();

        var failed = await Assert.ThrowsAsync<ProblemException>(() => TakeAsync(app, "{ \"eventType\": \"secret\" ", Context(("DequeueCount", dequeueCount), ("Id", "5a1b"))));

        Assert.Equal("AFF776", failed.Problems[0].Code);
        Assert.Equal(isTold ? 1 : 0, counted);
        Assert.Equal(isTold ? [Line(dequeueCount!, "a message that names none (AFF776)")] : [], Lines(app));
    }

    [Fact]
    public async Task The_files_are_named_where_the_message_names_them_and_nothing_else_of_it()
    {
        await using var app = await ArrivingApp.StartStillAsync();
        app.DefineArrival(Exports);
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => TakeAsync(app, ArrivingApp.EventGrid("exports", "portfolio/march.csv"), Context(("DequeueCount", "5"), ("Id", "5a1b")), stopped.Token));

        var line = Assert.Single(Lines(app));
        Assert.Contains("az://exports/portfolio/march.csv (", line.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("acmedata", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_last_attempt_that_succeeds_and_a_host_that_counts_no_attempts_tell_nothing()
    {
        await using var app = await ArrivingApp.StartStillAsync();
        app.DefineArrival(Exports);

        await TakeAsync(app, ArrivingApp.EventGrid("exports", "portfolio/march.csv"), Context(("DequeueCount", "5")));
        await Assert.ThrowsAsync<ProblemException>(() => TakeAsync(app, "no JSON", Context()));

        Assert.Single(await app.BroughtAsync());
        Assert.Empty(Lines(app));
        Assert.Equal(0, counted);
    }

    [Fact]
    public async Task The_embedded_host_counts_as_Azure_does_and_the_fifth_attempt_tells_once()
    {
        await using var app = await ArrivingApp.StartAsync();

        await app.SendAsync("no JSON");

        Assert.Equal(["no JSON"], app.Host.ReadQueue("arrivals-poison"));
        Assert.Contains(": message 1, after 5 attempts; a message that names none (AFF776).", Assert.Single(Lines(app)).Text, StringComparison.Ordinal);
        Assert.Equal(1, counted);
    }

    private static Task TakeAsync(TestApp app, string message, FunctionContext context, CancellationToken cancellationToken = default) =>
        new BlobArrived(app.Services.GetRequiredService<ArrivalDesk>(), app.Services.GetRequiredService<ILogger<BlobArrived>>()).RunAsync(message, app.Client, context, cancellationToken);

    private static FunctionContext Context(params (string Name, object? Value)[] data)
    {
        var bindings = new Mock<BindingContext>();
        bindings.SetupGet(binding => binding.BindingData).Returns(data.ToDictionary(item => item.Name, item => item.Value, StringComparer.OrdinalIgnoreCase));
        var context = new Mock<FunctionContext>();
        context.SetupGet(invocation => invocation.BindingContext).Returns(bindings.Object);
        return context.Object;
    }

    private static (LogLevel Level, string Text) Line(object attempts, string what) =>
        (LogLevel.Error, $"{Told}: message 5a1b, after {attempts} attempts; {what}. It is kept in the queue for poison");

    private static IReadOnlyList<(LogLevel Level, string Text)> Lines(TestApp app) =>
        [.. app.Log.Lines.Where(line => line.Text.StartsWith(Told, StringComparison.Ordinal)).Select(line => (line.Level, line.Text))];
}

using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Telemetry;
using AffinityDurable.Functions.Triggers;
using DurableTask.Core.Exceptions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace AffinityDurable.Functions.Tests.Orchestrators;

/// <summary>The timer against a client that is told what to answer.</summary>
public sealed class NightlyTimerTests
{
    private readonly Mock<DurableTaskClient> client = new(MockBehavior.Strict, "test");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_tick_also_a_late_one_starts_the_one_nightly_instance_and_replaces_none_that_is_under_way(bool isPastDue)
    {
        StartOrchestrationOptions? options = null;
        client.Setup(one => one.ScheduleNewOrchestrationInstanceAsync(It.Is<TaskName>(name => name.Name == nameof(NightlyOrchestrator)), null, It.IsAny<StartOrchestrationOptions>(), It.IsAny<CancellationToken>()))
            .Callback((TaskName _, object? _, StartOrchestrationOptions? given, CancellationToken _) => options = given)
            .ReturnsAsync(NightlyOrchestrator.InstanceId);

        await TickAsync(isPastDue);

        Assert.Equal(NightlyOrchestrator.InstanceId, options!.InstanceId);
        Assert.Equal(
            [nameof(OrchestrationRuntimeStatus.Pending), nameof(OrchestrationRuntimeStatus.Running), nameof(OrchestrationRuntimeStatus.Suspended)],
            options.DedupeStatuses!.Order(StringComparer.Ordinal));
        client.VerifyAll();
    }

    [Fact]
    public async Task A_night_that_is_still_under_way_is_no_error()
    {
        Throws(new OrchestrationAlreadyExistsException("nightly"));

        await TickAsync();

        client.VerifyAll();
    }

    [Fact]
    public async Task Any_other_failure_is_the_hosts_to_see()
    {
        Throws(new TimeoutException("no storage"));

        await Assert.ThrowsAsync<TimeoutException>(() => TickAsync());
    }

    private void Throws(Exception exception) =>
        client.Setup(one => one.ScheduleNewOrchestrationInstanceAsync(It.IsAny<TaskName>(), It.IsAny<object>(), It.IsAny<StartOrchestrationOptions>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(exception);

    private async Task TickAsync(bool isPastDue = false)
    {
        var nowhere = Path.Combine(Path.GetTempPath(), "affinity-nowhere-" + Guid.NewGuid().ToString("N"));
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Definitions:Directory"] = nowhere, ["Stores:Directory"] = nowhere })
            .Build();
        await using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddAffinityDurable(configuration).BuildServiceProvider();
        var timer = new NightlyTimer(services.GetRequiredService<VitalSigns>(), NullLogger<NightlyTimer>.Instance);
        await timer.RunAsync(new TimerInfo { IsPastDue = isPastDue }, client.Object, CancellationToken.None);
    }
}

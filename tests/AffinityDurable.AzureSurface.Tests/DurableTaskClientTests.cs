using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Moq;

namespace AffinityDurable.AzureSurface.Tests;

public class DurableTaskClientTests
{
    private readonly Mock<DurableTaskClient> _client = new("hub") { CallBase = true };

    [Fact]
    public async Task Short_forms_of_a_start_lead_to_the_one_abstract_member()
    {
        StartOrchestrationOptions options = new("id");
        await _client.Object.ScheduleNewOrchestrationInstanceAsync("O", CancellationToken.None);
        await _client.Object.ScheduleNewOrchestrationInstanceAsync("O", 1, CancellationToken.None);
        await _client.Object.ScheduleNewOrchestrationInstanceAsync("O", options);

        _client.Verify(client => client.ScheduleNewOrchestrationInstanceAsync("O", null, null, CancellationToken.None), Times.Once);
        _client.Verify(client => client.ScheduleNewOrchestrationInstanceAsync("O", 1, null, CancellationToken.None), Times.Once);
        _client.Verify(client => client.ScheduleNewOrchestrationInstanceAsync("O", null, options, CancellationToken.None), Times.Once);
    }

    [Fact]
    public async Task Instance_is_fetched_without_payloads_unless_they_are_asked_for()
    {
        await _client.Object.GetInstanceAsync("a", CancellationToken.None);
        await _client.Object.GetInstanceAsync("a", getInputsAndOutputs: true);

        _client.Verify(client => client.GetInstancesAsync("a", false, CancellationToken.None), Times.Once);
        _client.Verify(client => client.GetInstancesAsync("a", true, CancellationToken.None), Times.Once);
    }

    [Fact]
    public async Task Output_of_a_termination_travels_in_its_options()
    {
        _client
            .Setup(client => client.TerminateInstanceAsync("a", It.IsAny<TerminateInstanceOptions?>(), CancellationToken.None))
            .Returns(Task.CompletedTask);

        await _client.Object.TerminateInstanceAsync("a", (object)"why");
        await _client.Object.TerminateInstanceAsync("a", CancellationToken.None);

        TerminateInstanceOptions why = new("why");
        _client.Verify(client => client.TerminateInstanceAsync("a", why, CancellationToken.None), Times.Once);
        _client.Verify(client => client.TerminateInstanceAsync("a", (TerminateInstanceOptions?)null, CancellationToken.None), Times.Once);
    }

    [Fact]
    public async Task What_a_client_does_not_implement_is_not_supported()
    {
        DurableTaskClient client = _client.Object;

        Assert.Throws<NotSupportedException>(() => client.Entities);
        await Assert.ThrowsAsync<NotSupportedException>(() => client.TerminateInstanceAsync("a", (TerminateInstanceOptions?)null));
        await Assert.ThrowsAsync<NotSupportedException>(() => client.PurgeInstanceAsync("a"));
        await Assert.ThrowsAsync<NotSupportedException>(() => client.PurgeAllInstancesAsync(new PurgeInstancesFilter()));
        await Assert.ThrowsAsync<NotSupportedException>(() => client.RestartAsync("a"));
        await Assert.ThrowsAsync<NotSupportedException>(() => client.RewindInstanceAsync("a", "why"));
        await Assert.ThrowsAsync<NotSupportedException>(() => client.ListInstanceIdsAsync());
    }

    [Fact]
    public void Purge_counts_from_zero()
    {
        Assert.Equal(0, new PurgeResult(0).PurgedInstanceCount);
        Assert.False(new PurgeResult(5, isComplete: false).IsComplete);
        Assert.Throws<ArgumentException>(() => new PurgeResult(-1));
    }
}

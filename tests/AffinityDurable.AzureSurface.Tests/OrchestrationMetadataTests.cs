using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;

namespace AffinityDurable.AzureSurface.Tests;

public class OrchestrationMetadataTests
{
    [Fact]
    public void Payloads_are_read_with_the_converter_they_came_with()
    {
        OrchestrationMetadata metadata = new("Sync", "a@1")
        {
            DataConverter = JsonDataConverter.Default,
            SerializedInput = "7",
            SerializedOutput = "\"done\"",
            SerializedCustomStatus = "[1,2]",
        };

        Assert.Equal(7, metadata.ReadInputAs<int>());
        Assert.Equal("done", metadata.ReadOutputAs<string>());
        Assert.Equal([1, 2], metadata.ReadCustomStatusAs<int[]>()!);
    }

    [Fact]
    public void Absent_payloads_are_null_and_no_value_type()
    {
        OrchestrationMetadata metadata = new("Sync", "a@1") { DataConverter = JsonDataConverter.Default };

        Assert.Null(metadata.ReadInputAs<int?>());
        Assert.Null(metadata.ReadOutputAs<string>());
        Assert.Throws<NullReferenceException>(() => metadata.ReadInputAs<int>());
    }

    [Fact]
    public void Payloads_that_were_not_asked_for_cannot_be_read()
    {
        OrchestrationMetadata metadata = new("Sync", "a@1") { SerializedInput = "7" };

        Assert.Throws<InvalidOperationException>(() => metadata.ReadInputAs<int>());
        Assert.Throws<InvalidOperationException>(() => metadata.ReadOutputAs<int>());
        Assert.Throws<InvalidOperationException>(() => metadata.ReadCustomStatusAs<int>());
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Pending, false, false)]
    [InlineData(OrchestrationRuntimeStatus.Running, true, false)]
    [InlineData(OrchestrationRuntimeStatus.Suspended, false, false)]
    [InlineData(OrchestrationRuntimeStatus.Completed, false, true)]
    [InlineData(OrchestrationRuntimeStatus.Failed, false, true)]
    [InlineData(OrchestrationRuntimeStatus.Terminated, false, true)]
    public void Completed_means_completed_failed_or_terminated(OrchestrationRuntimeStatus status, bool running, bool completed)
    {
        OrchestrationMetadata metadata = new("Sync", "a@1") { RuntimeStatus = status };

        Assert.Equal(running, metadata.IsRunning);
        Assert.Equal(completed, metadata.IsCompleted);
    }

    [Fact]
    public void Text_shows_at_most_fifty_characters_of_a_payload()
    {
        DateTimeOffset at = new(2026, 3, 1, 2, 0, 0, TimeSpan.Zero);
        OrchestrationMetadata metadata = new("Sync", "a@1")
        {
            CreatedAt = at,
            LastUpdatedAt = at,
            SerializedInput = new string('x', 51),
            SerializedOutput = "1",
        };

        Assert.Equal(
            $"[Name: 'Sync', ID: 'a@1', RuntimeStatus: Running, CreatedAt: 2026-03-01T02:00:00, LastUpdatedAt: 2026-03-01T02:00:00, Input: '{new string('x', 50)}...', Output: '1']",
            metadata.ToString());
    }
}

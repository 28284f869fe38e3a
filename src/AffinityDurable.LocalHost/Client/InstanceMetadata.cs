using System.Text.Json;
using AffinityDurable.LocalHost.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.LocalHost.Client;

internal static class InstanceMetadata
{
    /// <param name="record">The stored instance.</param>
    /// <param name="converter">Reads inputs and outputs; null leaves them out.</param>
    public static OrchestrationMetadata ToMetadata(this InstanceRecord record, DataConverter? converter) => new(record.Name, record.Id)
    {
        DataConverter = converter,
        RuntimeStatus = record.Status,
        CreatedAt = record.CreatedAt,
        LastUpdatedAt = record.UpdatedAt,
        SerializedInput = converter is null ? null : record.Input,
        SerializedOutput = converter is null ? null : record.Output,
        SerializedCustomStatus = converter is null ? null : record.CustomStatus,
        FailureDetails = converter is null || record.Failure is null ? null : StoredFailure.Parse(record.Failure).ToDetails(),
        Tags = record.Tags is null
            ? new Dictionary<string, string>(StringComparer.Ordinal)
            : JsonSerializer.Deserialize<Dictionary<string, string>>(record.Tags)!,
    };
}

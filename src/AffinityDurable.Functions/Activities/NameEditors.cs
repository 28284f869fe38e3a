using AffinityDurable.Core.Cancelling;
using AffinityDurable.Core.Reading;
using AffinityDurable.Functions.Syncs;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Activities;

/// <summary>Asks Affinity who made the edits that the plan has found.</summary>
public sealed class NameEditors(EditorReader reader, FrozenSyncs syncs, CancelWatch watch)
{
    [Function(nameof(NameEditors))]
    public Task<EditorSlice> RunAsync([ActivityTrigger] NameEditorsInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(input.RunId, () => watch.RunAsync(input.RunId, token => ReadAsync(input, token), () => new EditorSlice(0, IsOver: true, 0), cancellationToken));

    private async Task<EditorSlice> ReadAsync(NameEditorsInput input, CancellationToken cancellationToken) =>
        await reader.ReadAsync(input.RunId, await syncs.GetAsync(input.RunId, cancellationToken), input.Skip, cancellationToken);
}

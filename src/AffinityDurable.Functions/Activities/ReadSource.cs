using AffinityDurable.Core.Cancelling;
using AffinityDurable.Core.Errors;
using AffinityDurable.Functions.Syncs;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Activities;

/// <summary>Streams one of the sources, matches while streaming and stages the rows that found an entry.</summary>
public sealed class ReadSource(SourceReading reading, FrozenSyncs syncs, ErrorNotes errors, CancelWatch watch)
{
    [Function(nameof(ReadSource))]
    public Task<SourceRead> RunAsync([ActivityTrigger] ReadSourceInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(input.RunId, () => watch.RunAsync(input.RunId, token => ReadAsync(input, token), () => new SourceRead(0, RunErrors.Cancelled), cancellationToken));

    private async Task<SourceRead> ReadAsync(ReadSourceInput input, CancellationToken cancellationToken)
    {
        try
        {
            var sync = await syncs.GetAsync(input.RunId, cancellationToken);
            var summary = await reading.ReadAsync(input.RunId, sync, sync.Definition.FindSource(input.Source)!, input.ReadAt, cancellationToken);
            return new SourceRead(summary.Records);
        }
        catch (ProblemException exception)
        {
            return new SourceRead(0, await errors.KeepOfSourceAsync(input.RunId, input.Source, exception.Problems, cancellationToken));
        }
    }
}

using AffinityDurable.Core.Errors;
using AffinityDurable.Functions.Syncs;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Activities;

/// <summary>Streams the source, matches while streaming and stages the rows that found an entry.</summary>
public sealed class ReadSource(SourceReading reading, FrozenSyncs syncs, ErrorNotes errors)
{
    [Function(nameof(ReadSource))]
    public Task<SourceRead> RunAsync([ActivityTrigger] ReadSourceInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(() => ReadAsync(input, cancellationToken));

    private async Task<SourceRead> ReadAsync(ReadSourceInput input, CancellationToken cancellationToken)
    {
        try
        {
            var summary = await reading.ReadAsync(input.RunId, await syncs.GetAsync(input.RunId, cancellationToken), cancellationToken);
            return new SourceRead(summary.Records);
        }
        catch (ProblemException exception)
        {
            return new SourceRead(0, await errors.KeepAsync(input.RunId, exception.Problems, cancellationToken));
        }
    }
}

using System.Runtime.CompilerServices;
using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Throttling;

namespace AffinityDurable.Core.Reading;

/// <summary>Reads the entries of a list outside a run: keys without values, page by page, waiting here for the minute limit.</summary>
public sealed class EntryPages(AffinityClient client, TimeProvider clock)
{
    private const int MinuteSharePercent = 80;

    /// <summary>The pages in the order of the list.</summary>
    /// <param name="listId">The list.</param>
    /// <param name="waiting">Told of every wait.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="AffinityException">Affinity refuses, or cannot be reached.</exception>
    /// <exception cref="ProblemException">The month's calls are spent (AFF508).</exception>
    public async IAsyncEnumerable<IReadOnlyList<ListEntry>> ReadAsync(
        long listId, Action<Wait> waiting, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(waiting);
        var calls = ThrottledCalls.OneLane(MinuteSharePercent, clock);
        Uri? next = null;
        do
        {
            var page = await ReadAsync(listId, next, calls, waiting, cancellationToken);
            yield return page.Entries;
            next = page.NextUrl == next ? null : page.NextUrl;
        }
        while (next is not null);
    }

    private async Task<EntryPage> ReadAsync(long listId, Uri? from, ThrottledCalls calls, Action<Wait> waiting, CancellationToken cancellationToken)
    {
        while (true)
        {
            var wait = calls.Blocked;
            if (wait is null)
            {
                var answer = await calls.CallAsync(() => client.EntriesPageAsync(listId, [], from, cancellationToken), cancellationToken);
                if (answer.Fault is not { Kind: FaultKind.MinuteLimit or FaultKind.MonthlyLimit or FaultKind.ConcurrencyLimit } limit)
                {
                    return answer.Require();
                }

                wait = calls.WaitFor(limit);
            }

            if (wait is { Reason: WaitReason.MonthlyLimit })
            {
                throw new ProblemException(Problem.Of(AffinityErrors.MonthlyLimit, "The month's calls were spent before the list was read to its end."));
            }

            waiting(wait!);
            await SleepAsync(wait!, cancellationToken);
        }
    }

    private Task SleepAsync(Wait wait, CancellationToken cancellationToken)
    {
        var left = wait.Until - clock.GetUtcNow();
        return left > TimeSpan.Zero ? Task.Delay(left, clock, cancellationToken) : Task.CompletedTask;
    }
}

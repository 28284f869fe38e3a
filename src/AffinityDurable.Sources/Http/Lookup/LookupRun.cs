using System.Globalization;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Http.Records;

namespace AffinityDurable.Sources.Http.Lookup;

/// <summary>
/// Asks for the entries whose answer is missing or old, in groups whose answers are kept at once, and gives a row for every entry that has one.
/// </summary>
internal sealed class LookupRun(HttpSettings settings, SourceRequest request, LookupCache cache, LookupQuestion question, RecordSpool spool)
{
    private const int LeastGroup = 200;

    private readonly LookupSettings lookup = settings.Lookup!;

    /// <summary>The columns of every row.</summary>
    public IReadOnlyList<string> Columns => [.. LookupColumns.OfEntry, .. settings.Columns];

    /// <exception cref="ProblemException">Not all that was to be asked was answered (AFF287); what was is kept.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var targets = await LookupTarget.CollectAsync(lookup.Key, request.Entries(cancellationToken), cancellationToken).ConfigureAwait(false);
        await AskAsync(await DueAsync(targets, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        await WriteRowsAsync(targets, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Never asked first, then the oldest; what is more than a run may ask is left for the next one. In the order of their documents.</summary>
    private async Task<IReadOnlyList<LookupTarget>> DueAsync(IReadOnlyList<LookupTarget> targets, CancellationToken cancellationToken)
    {
        List<(LookupTarget Target, DateTimeOffset AskedAt)> due = [];
        foreach (var shard in targets.GroupBy(target => target.Shard, StringComparer.Ordinal))
        {
            var known = await cache.LoadAsync(shard.Key, cancellationToken).ConfigureAwait(false);
            due.AddRange(shard
                .Select(target => (target, known.GetValueOrDefault(target.Hash)?.AskedAt ?? DateTimeOffset.MinValue))
                .Where(asked => request.ReadAt - asked.Item2 >= lookup.RefreshAfter));
        }

        return [.. due.OrderBy(asked => asked.AskedAt).Take(lookup.MaxLookupsPerRun).Select(asked => asked.Target).OrderBy(target => target.Hash, StringComparer.Ordinal)];
    }

    private async Task AskAsync(IReadOnlyList<LookupTarget> due, CancellationToken cancellationToken)
    {
        var done = 0;
        var perRequest = lookup.Batch?.Size ?? 1;
        foreach (var group in due.Chunk(Math.Max(LeastGroup, perRequest * lookup.Concurrency)))
        {
            var answers = new LookupAnswers(request.ReadAt);
            try
            {
                await Parallel.ForEachAsync(
                    group.Chunk(perRequest),
                    new ParallelOptions { MaxDegreeOfParallelism = lookup.Concurrency, CancellationToken = cancellationToken },
                    async (targets, token) => await question.AskAsync(targets, answers, token).ConfigureAwait(false)).ConfigureAwait(false);
            }
            catch (ProblemException exception)
            {
                throw Stopped(done + answers.Count, due.Count, exception.Problems[0]);
            }
            finally
            {
                // Also when the read was cancelled: an answer that has come need not be asked for again.
                await KeepAsync(answers).ConfigureAwait(false);
            }

            done += group.Length;
        }
    }

    private static ProblemException Stopped(int done, int due, Problem problem) => new(Problem.Of(
        FeedErrors.LookupsStopped,
        string.Create(CultureInfo.InvariantCulture, $"{done} of {due} entries were looked up, then: {problem.Code} {problem.Message}"),
        $"{problem.Cure} What was answered is kept; the next run asks for the rest."));

    private async Task KeepAsync(LookupAnswers answers)
    {
        foreach (var shard in answers.ByShard)
        {
            await cache.SaveAsync(shard.Key, shard, CancellationToken.None).ConfigureAwait(false);
        }

        foreach (var (target, problem) in answers.Rejects.OrderBy(reject => reject.Target.Hash, StringComparer.Ordinal))
        {
            spool.Add(string.Create(CultureInfo.InvariantCulture, $"The lookup for entry {target.Entries[0].EntryId}"), problem);
        }
    }

    private async Task WriteRowsAsync(IReadOnlyList<LookupTarget> targets, CancellationToken cancellationToken)
    {
        foreach (var shard in targets.GroupBy(target => target.Shard, StringComparer.Ordinal))
        {
            var known = await cache.LoadAsync(shard.Key, cancellationToken).ConfigureAwait(false);
            foreach (var target in shard)
            {
                var rows = known.GetValueOrDefault(target.Hash)?.Rows ?? [];
                foreach (var (entry, row) in target.Entries.SelectMany(_ => rows, (entry, row) => (entry, row)))
                {
                    spool.Add(Cells(entry, row));
                }
            }
        }
    }

    private static Dictionary<int, string?> Cells(SourceTarget entry, IReadOnlyList<string?> row)
    {
        string?[] cells =
        [
            entry.EntryId.ToString(CultureInfo.InvariantCulture),
            entry.EntityId.ToString(CultureInfo.InvariantCulture),
            entry.Domains.Count > 0 ? entry.Domains[0] : null,
            entry.Emails.Count > 0 ? entry.Emails[0] : null,
            .. row,
        ];
        return cells.Index().ToDictionary(cell => cell.Index, cell => cell.Item);
    }
}

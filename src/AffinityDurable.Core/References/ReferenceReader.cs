using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Throttling;

namespace AffinityDurable.Core.References;

/// <summary>
/// Finds the persons and companies that staged rows name: among the entries of the list, among those that earlier runs have found, else by one search for each of them.
/// Nothing is created, and what search finds counts only when its domains, addresses or name say so.
/// </summary>
public sealed class ReferenceReader(AffinityClient client, IRunStore store, ReferenceMemory memory, TimeProvider clock)
{
    /// <summary>Questions in a slice: what one activity asks, a quarter of a minute of calls.</summary>
    private const int QuestionsPerSlice = 200;

    /// <summary>Pages of a search that are looked at; a name on more of them is too common to say who is meant.</summary>
    private const int MostPages = 5;

    /// <summary>Answers the next questions and stores the answers.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="sync">The frozen definition.</param>
    /// <param name="slice">Number of the slice.</param>
    /// <param name="skip">Questions that earlier slices have answered.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<ReferenceSlice> ReadAsync(string runId, ResolvedSync sync, int slice, int skip, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sync);
        var questions = (await QuestionsAsync(runId, sync, cancellationToken)).Skip(skip).Take(QuestionsPerSlice).ToList();
        var onList = await OnListAsync(runId, sync, questions, cancellationToken);
        var calls = ThrottledCalls.OneLane(sync.Definition.MinuteSharePercent, clock);
        var remembered = await memory.FindAsync(questions, cancellationToken);
        var answers = new List<ReferenceAnswer>();
        Wait? wait = null;
        CallProblem? failure = null;
        foreach (var question in questions)
        {
            if (KnownOf(question) is { } known)
            {
                answers.Add(new ReferenceAnswer(question, known));
                continue;
            }

            var (answer, fault) = (wait = calls.Blocked) is null ? await SearchAsync(question, calls, cancellationToken) : default;
            if (answer is null)
            {
                wait ??= calls.WaitFor(fault!);
                failure = wait is null ? CallFailure.Describe(fault!) : null;
                break;
            }

            answers.Add(answer);
        }

        await store.WriteLinesAsync(runId, Artefacts.Part(Artefacts.ReferencePrefix, slice), answers, cancellationToken);
        await memory.KeepAsync(answers.Where(answer => answer.IsSearched), cancellationToken);
        return new ReferenceSlice(answers.Count, answers.Count == questions.Count && questions.Count < QuestionsPerSlice, calls.Calls, wait, failure) { Window = calls.Window };

        long? KnownOf(ReferenceQuestion question) =>
            onList.TryGetValue(question, out var entities) && entities.Count == 1 ? entities.Single()
            : remembered.TryGetValue(question, out var id) ? id
            : null;
    }

    /// <summary>Every question once, in the order of the rows: a repeated step asks the same ones.</summary>
    private async Task<IReadOnlyCollection<ReferenceQuestion>> QuestionsAsync(string runId, ResolvedSync sync, CancellationToken cancellationToken)
    {
        var columns = sync.Fields.Index().Where(field => field.Item.Mapping.Resolve != ReferenceKey.Id).ToList();
        var questions = new OrderedDictionary<ReferenceQuestion, bool>();
        foreach (var source in sync.Definition.Sources)
        {
            await foreach (var row in store.ReadLinesIfThereAsync<StagedRow>(runId, Artefacts.StagedRows(source.Name), cancellationToken))
            {
                foreach (var question in columns.SelectMany(column => QuestionsOf(row.Cells[column.Index], column.Item)))
                {
                    questions.TryAdd(question, true);
                }
            }
        }

        return questions.Keys;
    }

    private static IEnumerable<ReferenceQuestion> QuestionsOf(string? cell, ResolvedField field) =>
        cell is null ? [] : ReferenceQuestion.AllOf(cell, field).Select(item => item.Question).OfType<ReferenceQuestion>();

    /// <summary>Who on the list has these domains and addresses. A name is not looked for: others outside the list may have it too.</summary>
    private async Task<Dictionary<ReferenceQuestion, HashSet<long>>> OnListAsync(
        string runId, ResolvedSync sync, List<ReferenceQuestion> questions, CancellationToken cancellationToken)
    {
        var (kind, by) = sync.List.Type == "person" ? (ReferenceKind.Person, ReferenceKey.Email) : (ReferenceKind.Company, ReferenceKey.Domain);
        var found = questions.Where(question => question.Kind == kind && question.By == by).ToDictionary(question => question, _ => new HashSet<long>());
        if (found.Count == 0 || sync.List.Type == "opportunity")
        {
            return [];
        }

        await foreach (var entry in store.ReadSnapshotAsync(runId, cancellationToken))
        {
            var keys = by == ReferenceKey.Domain ? entry.Domains.Select(DomainKey.Normalize) : (entry.Emails ?? []).Select(EmailKey.Normalize);
            foreach (var key in keys.OfType<string>())
            {
                if (found.TryGetValue(new ReferenceQuestion(kind, by, key), out var ids))
                {
                    ids.Add(entry.EntityId);
                }
            }
        }

        return found;
    }

    private async Task<(ReferenceAnswer? Answer, AffinityFault? Fault)> SearchAsync(ReferenceQuestion question, ThrottledCalls calls, CancellationToken cancellationToken)
    {
        var found = new HashSet<long>();
        Uri? next = null;
        for (var page = 0; page < MostPages && found.Count < 2; page++)
        {
            var from = next;
            var answer = await calls.CallAsync(() => client.SearchPageAsync(question.Kind == ReferenceKind.Person, question.Key, from, cancellationToken), cancellationToken);
            if (answer.Fault is { } fault)
            {
                return (null, fault);
            }

            found.UnionWith(answer.Value!.Items.Where(entity => IsMeant(question, entity)).Select(entity => entity.Id));
            next = answer.Value.NextUrl;
            if (next is null)
            {
                return (new ReferenceAnswer(question, found.Count == 1 ? found.Single() : null, found.Count > 1) { IsSearched = true }, null);
            }
        }

        return (new ReferenceAnswer(question, null, IsAmbiguous: true) { IsSearched = true }, null);
    }

    private static bool IsMeant(ReferenceQuestion question, FoundEntity entity) => question.By switch
    {
        ReferenceKey.Domain => entity.Domains.Any(domain => DomainKey.Normalize(domain) == question.Key),
        ReferenceKey.Email => entity.Emails.Any(email => EmailKey.Normalize(email) == question.Key),
        _ => entity.Name?.Trim() == question.Key,
    };
}

/// <summary>How far the persons and companies were looked up. Holds no key.</summary>
/// <param name="Answers">Questions that this slice has answered.</param>
/// <param name="Done">Nothing is left.</param>
/// <param name="Calls">Calls made.</param>
/// <param name="Wait">Until when the rest has to wait.</param>
/// <param name="Failure">What ends the run.</param>
public sealed record ReferenceSlice(int Answers, bool Done, int Calls, Wait? Wait = null, CallProblem? Failure = null)
{
    /// <summary>Bounds of the end of the minute window, where seen.</summary>
    public CallWindow? Window { get; init; }
}

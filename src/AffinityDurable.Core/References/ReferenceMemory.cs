using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.References;

/// <summary>
/// Who was found by a domain or an e-mail address, kept for later runs: it costs no call for a month. Nobody found is not kept, since people add
/// who is missing; nor are names, since another of the same name may come at any time. Holds the domains and addresses.
/// </summary>
public sealed class ReferenceMemory(ISyncState state, TimeProvider clock)
{
    /// <summary>A company may be merged or renamed: then it is asked again.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    private const int Most = 20_000;

    /// <summary>The answers that are known and young enough.</summary>
    internal async Task<Dictionary<ReferenceQuestion, long>> FindAsync(IReadOnlyCollection<ReferenceQuestion> questions, CancellationToken cancellationToken)
    {
        var oldest = clock.GetUtcNow() - Lifetime;
        var found = new Dictionary<ReferenceQuestion, long>();
        foreach (var alike in questions.GroupBy(KeyOf, StringComparer.Ordinal))
        {
            var known = (await state.ReadAsync<RememberedReferences>(alike.Key, cancellationToken))?.Value.Known;
            foreach (var question in alike)
            {
                if (known?.TryGetValue(question.Key, out var remembered) == true && remembered.At > oldest)
                {
                    found[question] = remembered.Id;
                }
            }
        }

        return found;
    }

    /// <summary>Keeps what was found. Another run that does so at the same moment goes first: what is not kept is asked again.</summary>
    internal async Task KeepAsync(IEnumerable<ReferenceAnswer> answers, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var alike in answers.Where(answer => answer is { Id: not null, Question.By: not ReferenceKey.ExactName }).GroupBy(answer => KeyOf(answer.Question), StringComparer.Ordinal))
        {
            var current = await state.ReadAsync<RememberedReferences>(alike.Key, cancellationToken);
            var known = alike.Select(answer => KeyValuePair.Create(answer.Question.Key, new RememberedReference(answer.Id!.Value, now)))
                .Concat(current?.Value.Known.Where(one => one.Value.At > now - Lifetime) ?? [])
                .DistinctBy(one => one.Key)
                .OrderByDescending(one => one.Value.At)
                .Take(Most);
            var next = new RememberedReferences(known.ToDictionary(StringComparer.Ordinal));
            _ = current is null
                ? await state.TryCreateAsync(alike.Key, next, cancellationToken)
                : await state.TryReplaceAsync(alike.Key, next, current.ETag, cancellationToken);
        }
    }

    private static string KeyOf(ReferenceQuestion question) => $"references/{question.Kind}-{question.By}".ToLowerInvariant();
}

/// <summary>Ids by key.</summary>
internal sealed record RememberedReferences(IReadOnlyDictionary<string, RememberedReference> Known);

/// <summary>Who was found, and when.</summary>
internal sealed record RememberedReference(long Id, DateTimeOffset At);

using System.Globalization;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.References;

/// <summary>What a run has found out about the persons and companies that cells name.</summary>
internal sealed class ReferenceIndex
{
    private readonly Dictionary<ReferenceQuestion, ReferenceAnswer> answers = [];

    public static ReferenceIndex Empty { get; } = new();

    /// <summary>Answers for which Affinity was asked in the run.</summary>
    public int Searched => answers.Values.Count(answer => answer.IsSearched);

    public static async Task<ReferenceIndex> LoadAsync(IRunStore store, string runId, CancellationToken cancellationToken)
    {
        var index = new ReferenceIndex();
        await foreach (var slice in store.ListAsync(runId, Artefacts.ReferencePrefix, cancellationToken))
        {
            await foreach (var answer in store.ReadLinesAsync<ReferenceAnswer>(runId, slice, cancellationToken: cancellationToken))
            {
                index.answers[answer.Question] = answer;
            }
        }

        return index;
    }

    /// <summary>A cell that names persons or companies as the same cell with their ids; a reject where one is not known.</summary>
    public (string Cell, Rejection? Rejection) Replace(string cell, ResolvedField field)
    {
        var ids = new List<string>();
        foreach (var (text, question) in ReferenceQuestion.AllOf(cell, field))
        {
            var answer = question is null ? null : answers.GetValueOrDefault(question);
            if (answer?.Id is not { } id)
            {
                return (cell, RejectionOf(text, question, answer, field));
            }

            ids.Add(id.ToString(CultureInfo.InvariantCulture));
        }

        return (field.ValueType().IsMulti ? $"[{string.Join(',', ids)}]" : ids[0], null);
    }

    private static Rejection RejectionOf(string text, ReferenceQuestion? question, ReferenceAnswer? answer, ResolvedField field)
    {
        var named = $"'{Excerpt.Of(text)}'{(field.Mapping.Column.Length == 0 ? "" : $" in column '{field.Mapping.Column}'")}";
        var (key, kind) = (KeyWord(field.Mapping.Resolve), question?.Kind == ReferenceKind.Person ? "person" : "company");
        var (code, reason) = question is null ? (ReferenceErrors.Unusable, $"{named} cannot be {key}.")
            : answer?.IsAmbiguous == true ? (ReferenceErrors.Ambiguous, $"{named} is {key} of more than one {kind}.")
            : (ReferenceErrors.NotFound, $"{named} is {key} of no {kind} that Affinity's search finds.");
        return new Rejection(code.Id, reason, code.Cure);
    }

    private static string KeyWord(ReferenceKey by) => by switch
    {
        ReferenceKey.Domain => "the domain",
        ReferenceKey.Email => "the e-mail address",
        _ => "the name",
    };
}

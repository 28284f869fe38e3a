using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Http.Records;

namespace AffinityDurable.Sources.Http.Lookup;

/// <summary>Asks the feed for one key, or for several at once.</summary>
internal sealed class LookupQuestion(HttpSettings settings, SourceRequest request, FeedClient client)
{
    private readonly LookupSettings lookup = settings.Lookup!;
    private readonly Placeholders placeholders = Placeholders.Of(request);

    /// <exception cref="ProblemException">The feed did not answer.</exception>
    public Task AskAsync(LookupTarget[] targets, LookupAnswers answers, CancellationToken cancellationToken) => lookup.Batch is { } batch
        ? AskBatchAsync(batch, targets, answers, cancellationToken)
        : AskOneAsync(targets[0], answers, cancellationToken);

    private static bool IsNoData(HttpStatusCode status) => status is HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.NoContent;

    private static bool IsRefusedKey(HttpStatusCode status) => status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity;

    private async Task AskOneAsync(LookupTarget target, LookupAnswers answers, CancellationToken cancellationToken)
    {
        var name = JsonNamingPolicy.CamelCase.ConvertName(lookup.Key.ToString());
        var call = FeedRequest.Of(settings, client.Address, placeholders.With(name, target.Key));
        var answer = await client.SendAsync(call, status => IsNoData(status) || IsRefusedKey(status), cancellationToken).ConfigureAwait(false);
        if (IsRefusedKey(answer.Status))
        {
            answers.Reject(target, new RecordProblem(FeedErrors.LookupRefused, $"was refused by {settings.Url} with {(int)answer.Status}"));
            return;
        }

        using var body = IsNoData(answer.Status) ? null : FeedJson.Parse(answer, call);
        Add(target, body is null ? [] : Records(body.RootElement), answers);
    }

    private async Task AskBatchAsync(BatchSettings batch, LookupTarget[] targets, LookupAnswers answers, CancellationToken cancellationToken)
    {
        var call = FeedRequest.Of(settings, client.Address, placeholders);
        call = call.With(batch.Parameter, settings.Method == HttpMethod.Post
            ? new JsonArray([.. targets.Select(target => JsonValue.Create(target.Key))])
            : JsonValue.Create(string.Join(batch.Separator, targets.Select(target => target.Key))));
        var answer = await client.SendAsync(call, IsNoData, cancellationToken).ConfigureAwait(false);
        using var body = IsNoData(answer.Status) ? null : FeedJson.Parse(answer, call);
        var records = (body is null ? [] : Records(body.RootElement)).ToLookup(record => KeyOf(record, batch.KeyPath), StringComparer.Ordinal);
        foreach (var target in targets)
        {
            Add(target, records[target.Key], answers);
        }
    }

    private IEnumerable<JsonElement> Records(JsonElement root)
    {
        var found = settings.Records is { } path
            ? path.Find(root) ?? throw new ProblemException(Problem.Of(FeedErrors.NoRecords, $"An answer of {settings.Url} has nothing at {path.Text}."))
            : root.ValueKind == JsonValueKind.Array ? root.EnumerateArray() : [root];
        return found.Where(record => record.ValueKind != JsonValueKind.Null);
    }

    private static string KeyOf(JsonElement record, string path)
    {
        foreach (var member in path.Split('.'))
        {
            if (record.ValueKind != JsonValueKind.Object || !record.TryGetProperty(member, out record))
            {
                return "";
            }
        }

        return record.ValueKind switch
        {
            JsonValueKind.String => LookupTarget.Normalize(record.GetString()!),
            JsonValueKind.Number => record.GetRawText(),
            _ => "",
        };
    }

    private void Add(LookupTarget target, IEnumerable<JsonElement> records, LookupAnswers answers)
    {
        List<IReadOnlyList<string?>> rows = [];
        var flattener = new RecordFlattener(new RecordColumns(settings.Columns));
        foreach (var record in records)
        {
            if (flattener.Read(record) is { } problem)
            {
                answers.Reject(target, problem);
                return;
            }

            rows.Add([.. settings.Columns.Select((_, at) => flattener.Cells.GetValueOrDefault(at))]);
        }

        answers.Add(target, rows);
    }
}

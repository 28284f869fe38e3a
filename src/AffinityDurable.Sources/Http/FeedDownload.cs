using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Http.Paging;
using AffinityDurable.Sources.Http.Records;

namespace AffinityDurable.Sources.Http;

/// <summary>Brings all pages of a feed into a spool.</summary>
internal sealed class FeedDownload(HttpSettings settings, FeedClient client, RecordSpool spool, RecordColumns columns)
{
    private readonly RecordFlattener flattener = new(columns);
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private long records;
    private string lastPage = "";

    /// <returns>What the feed recognises its first page by; null when that is as it was.</returns>
    /// <exception cref="ProblemException">Not all has come.</exception>
    public async Task<Validators?> RunAsync(FeedCall start, CancellationToken cancellationToken)
    {
        var pager = Pager.Of(settings.Paging, client.Address);
        var validators = new Validators(null, null);
        var number = 0;
        long? announced = null;
        for (var call = pager.First(start); call is not null;)
        {
            call = Numbered(call, ++number);
            var answer = await client.SendAsync(call, pager.IsEnd, cancellationToken).ConfigureAwait(false);
            if (answer.Status == HttpStatusCode.NotModified)
            {
                return null;
            }

            if (pager.IsEnd(answer.Status))
            {
                break;
            }

            validators = number == 1 ? answer.Validators : validators;
            using var body = FeedJson.Parse(answer, call);
            announced ??= Total(body.RootElement);
            var count = Add(body.RootElement, number, call);
            RequireNewPage(answer, count, call);
            call = pager.Next(new FeedPage(call with { Known = null }, answer, body.RootElement, count));
        }

        RequireAll(announced);
        return validators;
    }

    private static ProblemException Failure(ErrorCode code, string message) => new(Problem.Of(code, message));

    private FeedCall Numbered(FeedCall call, int number)
    {
        if (number > (settings.Paging?.MaxPages ?? 1))
        {
            throw Failure(FeedErrors.TooManyPages, $"The feed {settings.Url} goes on after {settings.Paging?.MaxPages} pages (paging.maxPages).");
        }

        var numbered = call with { Place = string.Create(CultureInfo.InvariantCulture, $"page {number} of {settings.Url}") };
        return asked.Add(Hash(Encoding.UTF8.GetBytes(call.Identity)))
            ? numbered
            : throw Failure(FeedErrors.PagesRepeat, $"The feed names as {numbered.Place} one that it gave before.");
    }

    private int Add(JsonElement root, int page, FeedCall call)
    {
        var found = FindRecords(root) ?? throw Failure(
            FeedErrors.NoRecords, $"The answer to {call.Place} has no list of records at {settings.Records?.Text ?? "its top"}.");
        var count = 0;
        foreach (var record in found)
        {
            count++;
            records++;
            if (flattener.Read(record) is { } problem)
            {
                spool.Add(string.Create(CultureInfo.InvariantCulture, $"Record {count} of page {page}"), problem);
            }
            else
            {
                spool.Add(flattener.Cells);
            }
        }

        return count;
    }

    private IEnumerable<JsonElement>? FindRecords(JsonElement root) => settings.Records is { } path ? path.Find(root)
        : root.ValueKind switch
        {
            JsonValueKind.Array => root.EnumerateArray(),
            JsonValueKind.Object => [root],
            _ => null,
        };

    /// <summary>A feed that does not know the parameter of its pages gives the first one for ever.</summary>
    private void RequireNewPage(FeedAnswer answer, int count, FeedCall call)
    {
        var page = Hash(answer.Body);
        if (count > 0 && page == lastPage)
        {
            throw Failure(FeedErrors.PagesRepeat, $"The answer to {call.Place} is the same as that to the page before.");
        }

        lastPage = page;
    }

    private long? Total(JsonElement root) =>
        settings.Paging?.Total is not { } path ? null
        : long.TryParse(path.FindText(root), NumberStyles.None, CultureInfo.InvariantCulture, out var total) ? total
        : throw Failure(FeedErrors.NoRecords, $"The feed {settings.Url} does not say how many records it has at {path.Text}.");

    private void RequireAll(long? announced)
    {
        if (announced is { } total && total != records)
        {
            throw Failure(FeedErrors.Incomplete, string.Create(CultureInfo.InvariantCulture, $"The feed {settings.Url} announced {total} records and gave {records}."));
        }
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexString(SHA256.HashData(bytes));
}

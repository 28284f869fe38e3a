using System.Text.Json;

namespace AffinityDurable.Core.Affinity;

/// <content>GETs and the way through pages.</content>
public sealed partial class AffinityClient
{
    private Task<Answer<T>> GetAsync<T>(Uri uri, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        transport.Address.Admits(uri)
            ? transport.SendAsync(new AffinityCall<T>(HttpMethod.Get, uri, default, read), cancellationToken)
            : Task.FromResult(ElsewhereFault<T>(uri));

    private static Answer<T> ElsewhereFault<T>(Uri uri) =>
        AffinityTransport.Fault<T>(FaultKind.Refused, $"The next page is said to be at {uri.Host}, which is not the API's address; the key is not sent there.");

    private Task<Answer<Page<T>>> GetPageAsync<T>(Uri uri, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        GetAsync(uri, root => new Page<T>(PageReading.Items(root, read), PageReading.NextUrl(root)), cancellationToken);

    /// <summary>Follows pages to the last; a fault ends the way and is the answer. A page that leads back to one already read would never end.</summary>
    private static async Task<Answer<IReadOnlyList<T>>> AllAsync<T>(Func<Uri?, Task<Answer<Page<T>>>> read)
    {
        var items = new List<T>();
        var seen = new HashSet<Uri>();
        var calls = 0;
        Uri? next = null;
        while (true)
        {
            var answer = await read(next);
            calls += answer.Calls;
            if (!answer.Succeeded)
            {
                return new Answer<IReadOnlyList<T>>(null, answer.Fault, answer.Limits, calls);
            }

            items.AddRange(answer.Value!.Items);
            next = answer.Value.NextUrl;
            if (next is null)
            {
                return new Answer<IReadOnlyList<T>>(items, null, answer.Limits, calls);
            }

            if (!seen.Add(next))
            {
                return AffinityTransport.Fault<IReadOnlyList<T>>(FaultKind.Unavailable, "The pages lead in a circle.") with { Limits = answer.Limits, Calls = calls };
            }
        }
    }
}

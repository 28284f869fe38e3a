using System.Text.Json;

namespace AffinityDurable.Core.Affinity;

/// <summary>One call: what to send and how to read the answer.</summary>
/// <param name="Method">GET or the POST of a search, which are sent again after a transient fault, or another, which is not.</param>
/// <param name="Uri">Absolute address.</param>
/// <param name="Body">JSON to send; empty for a GET.</param>
/// <param name="Read">Reads the root of a successful answer; null for one whose body says nothing.</param>
internal sealed record AffinityCall<T>(HttpMethod Method, Uri Uri, ReadOnlyMemory<byte> Body, Func<JsonElement, T>? Read)
{
    /// <summary>What a call without <see cref="Read"/> gives.</summary>
    public T? Acknowledged { get; init; }

    /// <summary>Attempts that left.</summary>
    public int Calls { get; set; }
}

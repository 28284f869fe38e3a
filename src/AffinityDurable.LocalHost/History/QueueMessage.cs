using System.Globalization;

namespace AffinityDurable.LocalHost.History;

/// <summary>A message that waits for its function.</summary>
/// <param name="Row">Its place in the store.</param>
/// <param name="Body">The text.</param>
/// <param name="Attempts">How often the function was called with it.</param>
internal sealed record QueueMessage(long Row, string Body, int Attempts)
{
    /// <summary>What functions see of it beside the text. Numbers are texts, as the Functions host sends them to an isolated worker: as JSON.</summary>
    public IReadOnlyDictionary<string, object?> BindingData() => new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase)
    {
        ["QueueTrigger"] = Body,
        ["DequeueCount"] = Attempts.ToString(CultureInfo.InvariantCulture),
        ["Id"] = Row.ToString(CultureInfo.InvariantCulture),
    };
}

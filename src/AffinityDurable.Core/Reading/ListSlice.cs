using System.Text.Json.Serialization;
using AffinityDurable.Core.Throttling;

namespace AffinityDurable.Core.Reading;

/// <summary>How far a slice of the list was read. Holds no field value.</summary>
/// <param name="Entries">Entries stored by this slice.</param>
/// <param name="TruncatedSets">Values of which Affinity sent only the first 100 items.</param>
/// <param name="NextUrl">Where to go on; null when the list is read to the end.</param>
/// <param name="Calls">Calls made.</param>
/// <param name="UserLimit">Calls allowed in a minute window, where seen.</param>
/// <param name="Wait">Until when the rest has to wait.</param>
/// <param name="Failure">What ends the run, when the list cannot be read.</param>
/// <param name="Window">Bounds of the end of the minute window, where seen.</param>
public sealed record ListSlice(
    int Entries,
    int TruncatedSets,
    string? NextUrl,
    int Calls,
    int? UserLimit = null,
    Wait? Wait = null,
    CallProblem? Failure = null,
    CallWindow? Window = null)
{
    /// <summary>The list is read to its end.</summary>
    [JsonIgnore]
    public bool IsLast => NextUrl is null && Wait is null && Failure is null;
}

using System.Text.Json.Serialization;
using AffinityDurable.Core.Throttling;

namespace AffinityDurable.Core.Reading;

/// <summary>How far values were read again. Holds no field value.</summary>
/// <param name="Entries">Wanted entries that this slice has dealt with.</param>
/// <param name="Progress">Pages and entries that were answered: above 0, the API gives something.</param>
/// <param name="Calls">Calls made.</param>
/// <param name="Next">Where to go on; null when all wanted entries are read.</param>
/// <param name="Wait">Until when the rest has to wait.</param>
/// <param name="Failure">What stands against reading the rest.</param>
/// <param name="Window">Bounds of the end of the minute window, where seen.</param>
public sealed record ValuesSlice(
    int Entries,
    int Progress,
    int Calls,
    ValuesCursor? Next,
    Wait? Wait = null,
    CallProblem? Failure = null,
    CallWindow? Window = null)
{
    /// <summary>Nothing is left.</summary>
    [JsonIgnore]
    public bool IsLast => Next is null;
}

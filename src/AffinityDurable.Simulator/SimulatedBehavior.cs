namespace AffinityDurable.Simulator;

/// <summary>
/// What the sources on Affinity leave open or contradict, as switches. Each may be turned while the server runs and counts from the next
/// request on. The defaults are the better supported reading.
/// </summary>
public sealed class SimulatedBehavior
{
    /// <summary>One rejected update leaves every field of the batch unchanged. Off: the updates before the first rejected one stay.</summary>
    public bool AtomicBatches { get; set; } = true;

    /// <summary>The list entry path takes global and enriched fields of the entity too. Off: they are refused with 400.</summary>
    public bool EntityFieldsWritableThroughEntries { get; set; } = true;

    /// <summary>Entries read without asking for values show <c>fields: []</c>. Off: they have no <c>fields</c> at all.</summary>
    public bool ShowsEmptyFields { get; set; }

    /// <summary>Numbers are rounded to so many decimals when they are stored; null keeps them as sent.</summary>
    public int? NumberDecimals { get; set; }

    /// <summary>Texts lose white space at both ends when they are stored; an empty one is then no value.</summary>
    public bool TrimsTexts { get; set; }

    /// <summary>The status of an update of an unknown field: 400 or 404.</summary>
    public int UnknownFieldStatus { get; set; } = 400;

    /// <summary>The <c>=~</c> of a metadata filter ignores case, as the changelog says; an SDK says it does not.</summary>
    public bool NameFilterIgnoresCase { get; set; } = true;

    /// <summary>An id that does not exist among the <c>ids</c> of a page of companies or persons answers 404. Off: it is left out.</summary>
    public bool UnknownIdsRefused { get; set; }

    internal void CopyFrom(SimulatedBehavior other)
    {
        AtomicBatches = other.AtomicBatches;
        EntityFieldsWritableThroughEntries = other.EntityFieldsWritableThroughEntries;
        ShowsEmptyFields = other.ShowsEmptyFields;
        NumberDecimals = other.NumberDecimals;
        TrimsTexts = other.TrimsTexts;
        UnknownFieldStatus = other.UnknownFieldStatus;
        NameFilterIgnoresCase = other.NameFilterIgnoresCase;
        UnknownIdsRefused = other.UnknownIdsRefused;
    }
}

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

    /// <summary>
    /// A list with required fields takes no rows, since values cannot come with them, as the API's page says. Off: it does, as a help page says.
    /// </summary>
    public bool RequiredFieldsEnforced { get; set; } = true;

    /// <summary>The older API takes its key as the password of Basic authentication too, as its pages say. Off: Bearer only.</summary>
    public bool V1TakesBasic { get; set; } = true;

    /// <summary>All keys of a user spend the same minute. Off: each key has its own.</summary>
    public bool KeysOfAUserShareTheMinute { get; set; } = true;

    /// <summary>Asking who one is and what is left costs nothing of the month, as it is in the older API.</summary>
    public bool WhoamiAndRateLimitSpareTheMonth { get; set; } = true;

    /// <summary>What <c>param</c> holds for an error in a body. For headers and query parameters it is their name.</summary>
    public BodyErrorParam ParamOfBodyErrors { get; set; }

    /// <summary>Options of a page when the request names no limit; 1 to 100.</summary>
    public int DropdownOptionsDefaultLimit { get; set; } = 100;

    /// <summary><c>fieldIds[]=</c> asks for fields as <c>fieldIds=</c> does. Off: it is ignored like every unknown parameter.</summary>
    public bool TakesBracketedKeys { get; set; }

    /// <summary>What plain GETs do with <c>fieldIds</c> and <c>fieldTypes</c> together. Searches refuse both.</summary>
    public BothFieldSelections BothFieldSelections { get; set; }

    /// <summary>An update without a <c>value</c>, which only list entries allow, clears the field. Off: it changes nothing.</summary>
    public bool MissingValueClears { get; set; } = true;

    /// <summary><c>[]</c> for a multi-value answers 400. Off: it is stored as null is.</summary>
    public bool EmptyArraysRefused { get; set; }

    /// <summary>A batch without updates answers 400. Off: it is accepted and counts as a PATCH.</summary>
    public bool EmptyBatchesRefused { get; set; }

    /// <summary>Dates that Affinity keeps itself, such as <c>created-at</c>, take writes. Off: 400.</summary>
    public bool BuiltInDatesWritable { get; set; }

    /// <summary>The status of an update with an option that the field does not have: 400, or another that is not success.</summary>
    public int ForeignOptionStatus { get; set; } = 400;

    /// <summary>Texts of more characters answer 400; null takes any length.</summary>
    public int? LongestText { get; set; }

    /// <summary>Changes of multi-values are kept among the field value changes, one item each. Off: only those of single values are.</summary>
    public bool TracksMultiValues { get; set; } = true;

    /// <summary>Instants in filters may have a fraction of a second. An SDK found that they answer 400.</summary>
    public bool FilterTakesFractions { get; set; }

    /// <summary>A search that is asked for <c>totalCount</c> tells it, as the text says. Off: it does not, as the schema says.</summary>
    public bool SearchReturnsTotalCount { get; set; } = true;

    /// <summary>Filters that deny, such as <c>is-none-of</c>, match rows without a value. Off: they match values alone.</summary>
    public bool NegativeFiltersMatchEmpty { get; set; } = true;

    /// <summary>The body of a search takes properties that are not known. Off: it is refused with 400.</summary>
    public bool SearchTakesUnknownProperties { get; set; }

    /// <summary>
    /// The update of a dropdown arrives at webhooks as a deletion and a creation, as v1's texts let expect. Off: as one update. Ranked
    /// dropdowns are always updated: v1 shows one with the time of its update.
    /// </summary>
    public bool DropdownUpdatesArriveAsPairs { get; set; } = true;

    /// <summary>Edits of enriched values fire webhooks, as the help centre says; v1's texts say they do not.</summary>
    public bool EnrichedEditsFireWebhooks { get; set; } = true;

    /// <summary>How many webhooks an account may have: v1's texts say 3, v2 gives no number. Null is any number.</summary>
    public int? WebhookCap { get; set; } = 3;

    internal void CopyFrom(SimulatedBehavior other)
    {
        foreach (var property in typeof(SimulatedBehavior).GetProperties())
        {
            property.SetValue(this, property.GetValue(other));
        }
    }
}

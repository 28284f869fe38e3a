namespace AffinityDurable.Simulator.Model;

/// <summary>
/// One stored value in 16 bytes: numbers, dates and ids sit in the bits, everything else behind the reference. What it means is known by
/// the field's value type. The default is the empty value, which the API shows as <c>data: null</c>.
/// </summary>
public readonly record struct FieldValue
{
    /// <summary>Marks a value that is wholly held in the bits.</summary>
    private static readonly object InBits = new();

    private readonly object? _reference;
    private readonly long _bits;

    private FieldValue(object? reference, long bits)
    {
        _reference = reference;
        _bits = bits;
    }

    /// <summary>True when there is no value.</summary>
    public bool IsEmpty => _reference is null;

    /// <summary>A number; NaN and infinities have no JSON form and are refused.</summary>
    public static FieldValue Number(double value) => double.IsFinite(value)
        ? new(InBits, Bits(value))
        : throw new ArgumentOutOfRangeException(nameof(value), "A number must be finite.");

    /// <summary>A point in time, stored as given. Written dates come in through <see cref="Date"/>.</summary>
    public static FieldValue Instant(DateTimeOffset value) => new(InBits, value.UtcTicks);

    /// <summary>A calendar date, stored as Affinity does: midnight Pacific of that date.</summary>
    public static FieldValue Date(DateOnly value) => new(InBits, PacificMidnight.Of(value).Ticks);

    /// <summary>The id of an option, company or person.</summary>
    public static FieldValue Id(long id) => new(InBits, id);

    /// <summary>A set of ids; none is the empty value.</summary>
    public static FieldValue Ids(params long[] ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return ids.Length == 0 ? default : new(ids, 0);
    }

    /// <summary>A text; null is the empty value.</summary>
    public static FieldValue Text(string? value) => new(value, 0);

    /// <summary>Several texts; none is the empty value.</summary>
    public static FieldValue Texts(params string[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Length == 0 ? default : new(values, 0);
    }

    /// <summary>Several numbers; none is the empty value.</summary>
    public static FieldValue Numbers(params double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Length == 0 ? default : new(values, 0);
    }

    /// <summary>A location; null is the empty value.</summary>
    public static FieldValue Place(Location? value) => new(value, 0);

    /// <summary>Several locations; none is the empty value.</summary>
    public static FieldValue Places(params Location[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Length == 0 ? default : new(values, 0);
    }

    /// <summary>JSON shown as it is, for the read-only types that the simulator does not compute.</summary>
    public static FieldValue Json(string json)
    {
        ArgumentException.ThrowIfNullOrEmpty(json);
        return new(new RawJson(json), 0);
    }

    internal double AsNumber => BitConverter.Int64BitsToDouble(_bits);

    internal DateTime AsInstant => new(_bits, DateTimeKind.Utc);

    internal long AsId => _bits;

    internal long[] AsIds => (long[])_reference!;

    internal string AsText => (string)_reference!;

    internal string[] AsTexts => (string[])_reference!;

    internal double[] AsNumbers => (double[])_reference!;

    internal Location AsLocation => (Location)_reference!;

    internal Location[] AsLocations => (Location[])_reference!;

    internal RawJson AsJson => (RawJson)_reference!;

    /// <summary>How many values a multi-value holds; 1 for any other value and 0 for the empty one.</summary>
    internal int Count => _reference switch
    {
        null => 0,
        Array items => items.Length,
        RawJson json => json.Count,
        _ => 1,
    };

    /// <summary>One item of a multi-value, as a value of its own.</summary>
    internal FieldValue ItemAt(int index) => _reference switch
    {
        long[] ids => Id(ids[index]),
        string[] texts => Text(texts[index]),
        double[] numbers => Number(numbers[index]),
        Location[] places => Place(places[index]),
        _ => throw new InvalidOperationException("Only a multi-value has items."),
    };

    /// <summary>
    /// True when both hold the same: multi-values are compared by their items, in any order. Equality asks whether they are one array.
    /// </summary>
    internal bool IsSameAs(FieldValue other) => _reference is Array && other._reference is Array
        ? Count == other.Count && MultiValueDifference.Of(this, other).IsNone
        : this == other;

    /// <summary>Zero has no sign: -0 is stored as 0.</summary>
    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value == 0 ? 0 : value);
}

using AffinityDurable.Core.Definitions;

namespace AffinityDurable.Core.Planning;

/// <summary>Counts the decisions of one field.</summary>
internal sealed class FieldTally
{
    private readonly int[] counts = new int[Enum.GetValues<DecisionKind>().Length];
    private int withLiveValue;
    private int resent;
    private int withoutEarlierState;
    private int humanEditsOverwritten;
    private double? largestFactor;
    private double? largestDelta;

    public void Add(FieldDecision decision, bool hasLiveValue, NumberChange? size)
    {
        counts[(int)decision.Kind]++;
        resent += decision is { Kind: DecisionKind.Overwrite, IsFirstResend: true } ? 1 : 0;
        withoutEarlierState += decision.WithoutEarlierState ? 1 : 0;
        humanEditsOverwritten += decision.Conflict == OnConflict.SourceWins ? 1 : 0;
        withLiveValue += hasLiveValue ? 1 : 0;
        largestFactor = Larger(largestFactor, size?.Factor);
        largestDelta = Larger(largestDelta, size?.Delta);
    }

    public int this[DecisionKind kind] => counts[(int)kind];

    public FieldSummary Summarise(string fieldId, string name) => new()
    {
        FieldId = fieldId,
        Name = name,
        Filled = this[DecisionKind.Fill],
        Overwritten = this[DecisionKind.Overwrite],
        Resent = resent,
        Cleared = this[DecisionKind.Clear],
        Unchanged = this[DecisionKind.Unchanged],
        StoredDifferently = this[DecisionKind.StoredDifferently],
        Kept = this[DecisionKind.Kept],
        KeptForHumans = this[DecisionKind.KeptForHumans],
        KeptFilled = this[DecisionKind.KeptFilled],
        WithoutEarlierState = withoutEarlierState,
        ReportedOnly = this[DecisionKind.ReportedOnly],
        HumanEditsOverwritten = humanEditsOverwritten,
        Rejected = this[DecisionKind.Rejected],
        WithLiveValue = withLiveValue,
        LargestFactor = largestFactor,
        LargestDelta = largestDelta,
    };

    private static double? Larger(double? known, double? other) => other is null || known >= other ? known : other;
}

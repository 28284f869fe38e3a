namespace AffinityDurable.Core.Affinity;

/// <summary>A saved view of a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name in Affinity.</param>
/// <param name="Type"><c>sheet</c>, <c>board</c> or <c>dashboard</c>; others may come. Only sheets give their entries.</param>
public sealed record SavedView(long Id, string Name, string Type)
{
    public bool IsSheet => Type == "sheet";
}

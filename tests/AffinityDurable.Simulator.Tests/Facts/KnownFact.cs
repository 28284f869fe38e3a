using System.Text.RegularExpressions;

namespace AffinityDurable.Simulator.Tests.Facts;

/// <summary>One row of a table of facts.</summary>
internal sealed partial record KnownFact(string Id, string Text, string Served, string ProvenBy)
{
    private const string Dash = "-";

    public bool IsServed => !Served.StartsWith("not served", StringComparison.Ordinal);

    /// <summary>The switches that stand for a behaviour that is not known.</summary>
    public IEnumerable<string> Switches => Switch().Matches(Served).Select(match => match.Groups["name"].Value);

    /// <summary>What the last column has to say.</summary>
    public string ExpectedProof(IEnumerable<string> tests) =>
        IsServed ? string.Join("<br>", tests.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)) : Dash;

    [GeneratedRegex(@"\bswitch (?<name>[A-Z]\w*)", RegexOptions.ExplicitCapture)]
    private static partial Regex Switch();
}

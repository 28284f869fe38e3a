using System.Text;

namespace AffinityDurable.Simulator.Tests.Facts;

/// <summary>
/// The tables of docs/simulator.md and the tests say the same. With <c>UPDATE_APPROVED=1</c> the page is rewritten; its columns but the last
/// are written by people.
/// </summary>
public sealed class FactTableTests
{
    private static readonly FactPage Page = FactPage.Load();

    private static readonly bool IsUpdating = Environment.GetEnvironmentVariable("UPDATE_APPROVED") == "1";

    [Fact]
    public void The_page_names_the_tests_that_prove_its_facts()
    {
        var wanted = Page.With(Proof);
        if (IsUpdating)
        {
            FactPage.Save(wanted);
            return;
        }

        var difference = new StringBuilder();
        foreach (var fact in Page.Facts.Where(fact => fact.ProvenBy != Proof(fact)))
        {
            difference.Append('\n').Append(fact.Id).Append("\n  page:  ").Append(fact.ProvenBy).Append("\n  tests: ").Append(Proof(fact));
        }

        Assert.True(difference.Length == 0, $"docs/simulator.md is behind the tests; run this test with UPDATE_APPROVED=1.{difference}");
    }

    [Fact]
    public void Every_fact_has_an_id_of_its_own()
    {
        Assert.True(Page.Facts.Count > 500, "The tables are read in part only.");
        AssertNone("ids used twice", Page.Facts.GroupBy(fact => fact.Id).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void Tests_prove_facts_of_the_page_only()
    {
        var known = Page.Facts.Select(fact => fact.Id).ToHashSet();
        AssertNone(
            "claims of facts that the page lacks",
            Proofs.ByFact.Where(proof => !known.Contains(proof.Key)).SelectMany(proof => proof, (proof, test) => $"{proof.Key} by {test}"));
    }

    [Fact]
    public void What_claims_to_prove_a_fact_is_a_test_that_runs()
    {
        AssertNone("claims by what is no test, or is skipped", Proofs.WithoutTest());
    }

    [Fact]
    public void Every_fact_that_is_served_is_proven()
    {
        var open = Page.Facts.Where(fact => fact.IsServed && !Proofs.ByFact.Contains(fact.Id)).Select(fact => fact.Id);
        AssertNone("served without a test", open);
    }

    [Fact]
    public void A_fact_that_is_not_served_has_no_proof()
    {
        AssertNone(
            "not served, and yet with a test",
            Page.Facts.Where(fact => !fact.IsServed && Proofs.ByFact.Contains(fact.Id)).Select(fact => fact.Id));
    }

    [Fact]
    public void Switches_that_are_named_exist()
    {
        var missing = Page.Facts.SelectMany(fact => fact.Switches).Where(name => !IsSwitch(name)).Select(name => $"switch {name}");
        AssertNone("no such property of SimulatedBehavior or SimulatorOptions", missing);
    }

    [Fact]
    public void What_the_last_columns_may_say_is_served_or_not_or_a_switch()
    {
        AssertNone("neither 'not served: why' nor 'switch Name'", Page.Facts
            .Where(fact => fact.Served.Length > 0 && fact.IsServed == !fact.Switches.Any())
            .Select(fact => $"{fact.Id} ({fact.Served})"));
    }

    internal static void AssertNone(string what, IEnumerable<string> found)
    {
        string[] all = [.. found];
        Assert.True(all.Length == 0, $"{what}: {string.Join(", ", all)}");
    }

    private static string Proof(KnownFact fact) => fact.ExpectedProof(Proofs.ByFact[fact.Id]);

    private static bool IsSwitch(string name) =>
        typeof(SimulatedBehavior).GetProperty(name) is not null || typeof(SimulatorOptions).GetProperty(name) is not null;
}

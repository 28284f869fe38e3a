namespace AffinityDurable.Cli.Demo;

/// <summary>A company on the list of the demo.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Domains">Its domains, the primary one first.</param>
/// <param name="Before">What Affinity holds when the demo starts.</param>
internal sealed record DemoCompany(string Name, IReadOnlyList<string> Domains, DemoValues Before)
{
    public string Domain => Domains[0];
}

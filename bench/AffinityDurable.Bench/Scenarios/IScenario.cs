namespace AffinityDurable.Bench.Scenarios;

/// <summary>One scenario, measured from a cold start of its own.</summary>
internal interface IScenario
{
    string Name { get; }

    /// <exception cref="RunFailedException">A run did not do what it must.</exception>
    Task<Figures> RunAsync(CancellationToken cancellationToken);
}

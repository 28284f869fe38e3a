using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Health;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Activities;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Functions.Tests.Mutation;

/// <summary>The steps between reading the list and the report, as the activities call them, over the snapshot of a run that was made before.</summary>
internal sealed class StepsOfARun
{
    private const string RunId = "portfolio@adhoc-00000000000000000000000000000000";
    private static readonly string[] Given = [Artefacts.Request, Artefacts.ResolvedSync, Artefacts.Snapshot(0)];

    private readonly MemoryRunStore store = new();
    private readonly ISyncState state;
    private readonly ResolvedSync prepared;
    private readonly PlanBuilder planning;
    private readonly RunCloser closing;

    private StepsOfARun(ResolvedSync prepared, TestApp app)
    {
        this.prepared = prepared;
        state = app.Services.GetRequiredService<ISyncState>();
        var lastWritten = new LastWrittenStore(store, state);
        var health = new HealthStore(store, state);
        var pending = new PendingRows(store, state);
        var successes = new LastSuccesses(state);
        planning = new PlanBuilder(store, lastWritten, health, pending);
        closing = new RunCloser(store, lastWritten, new GoodRuns(state), health, pending, successes, app.Clock);
    }

    public static async Task<StepsOfARun> PrepareAsync(TestApp app, string runId)
    {
        var steps = new StepsOfARun(await app.Store.RequireJsonAsync<ResolvedSync>(runId, Artefacts.ResolvedSync, CancellationToken.None), app);
        foreach (var name in Given)
        {
            await using var artefact = await app.Store.OpenReadAsync(runId, name, CancellationToken.None);
            await steps.store.WriteAsync(RunId, name, (stream, token) => artefact!.CopyToAsync(stream, token), CancellationToken.None);
        }

        return steps;
    }

    /// <exception cref="Core.Errors.ProblemException">The source cannot be used as a whole.</exception>
    public async Task<RunReport> RunAsync(ScannedExports exports, int number)
    {
        store.Keep(Given);
        var definition = prepared.Definition;
        var sync = prepared with { Definition = definition with { Sources = [definition.Sources[0] with { Place = ScannedExports.PathOf(number) }] } };
        var reading = new SourceReading(store, new SourceAdapters([exports]), new PendingRows(store, state), new LastSuccesses(state));
        await reading.ReadAsync(RunId, sync, sync.Definition.Sources[0], TestApp.Evening, CancellationToken.None);
        await planning.BuildAsync(RunId, sync, TestApp.Evening, userLimit: null, writes: false, CancellationToken.None);
        return await closing.CloseAsync(new RunEnding { RunId = RunId, StartedAt = TestApp.Evening }, CancellationToken.None);
    }
}

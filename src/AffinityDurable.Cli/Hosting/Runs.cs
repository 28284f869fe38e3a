using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Syncs;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Cli.Hosting;

/// <summary>Runs a sync where it can be run, and follows it.</summary>
internal static class Runs
{
    /// <summary>Runs and follows; what waits for nobody always has a report.</summary>
    public static async Task<RunReport> ExecuteAsync(Session session, RunRequest request, CancellationToken stop) =>
        await ExecuteAsync(session, request, PlanAnswer.None, stop) ?? throw new InvalidOperationException($"A {request.Mode} waits for an approval.");

    /// <summary>Runs and follows.</summary>
    /// <returns>The report; null when the plan waits for somebody's approval.</returns>
    public static async Task<RunReport?> ExecuteAsync(Session session, RunRequest request, PlanAnswer answer, CancellationToken stop)
    {
        if (RunGateways.ServedAt(session) is null)
        {
            await EnsureStartableAsync(session, request, stop);
        }

        string? whenLeft = null;
        try
        {
            await using var gateway = await RunGateways.OpenAsync(session, request, stop);
            whenLeft = gateway.WhenLeft;
            var run = await FollowedRun.StartAsync(session, gateway, request, stop);
            return await run.FollowAsync(answer, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && whenLeft is not null)
        {
            // Said once the host has stopped and let go of the directory.
            session.Terminal.ErrorLine(whenLeft);
            throw;
        }
    }

    /// <summary>What is wrong with the definition or the key is said at once and in full, without a run.</summary>
    private static async Task EnsureStartableAsync(Session session, RunRequest request, CancellationToken stop)
    {
        await using var services = session.Services();
        var loaded = await services.GetRequiredService<SyncCatalog>().LoadAsync(request.Sync, stop);

        // A run that follows from another works with the definition that was frozen then.
        if (loaded.Definition is null && request.PlanOf is null && request.Undo is null)
        {
            throw new ProblemException(loaded.Problems);
        }

        await services.GetRequiredService<IAffinityKey>().GetAsync(refresh: false, stop);
    }
}

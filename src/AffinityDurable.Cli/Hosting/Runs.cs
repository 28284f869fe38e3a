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
    public static async Task<RunReport> ExecuteAsync(Session session, RunRequest request, CancellationToken stop)
    {
        if (RunGateways.ServedAt(session) is null)
        {
            await EnsureStartableAsync(session, request.Sync, stop);
        }

        string? whenLeft = null;
        try
        {
            await using var gateway = await RunGateways.OpenAsync(session, request, stop);
            whenLeft = gateway.WhenLeft;
            return await FollowedRun.ExecuteAsync(session, gateway, request, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && whenLeft is not null)
        {
            // Said once the host has stopped and let go of the directory.
            session.Terminal.ErrorLine(whenLeft);
            throw;
        }
    }

    /// <summary>What is wrong with the definition or the key is said at once and in full, without a run.</summary>
    private static async Task EnsureStartableAsync(Session session, string sync, CancellationToken stop)
    {
        await using var services = session.Services();
        var loaded = await services.GetRequiredService<SyncCatalog>().LoadAsync(sync, stop);
        if (loaded.Definition is null)
        {
            throw new ProblemException(loaded.Problems);
        }

        await services.GetRequiredService<IAffinityKey>().GetAsync(refresh: false, stop);
    }
}

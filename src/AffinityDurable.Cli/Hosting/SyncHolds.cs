using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Holds;
using AffinityDurable.Functions.Syncs;
using AffinityDurable.Functions.Triggers;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Cli.Hosting;

/// <summary>Holds syncs and lets them go: by the host that serves the state directory, else in the directory itself.</summary>
internal static class SyncHolds
{
    public static async Task<SyncHold> HoldAsync(Session session, string sync, SyncActivity activity, string reason, string by, CancellationToken stop)
    {
        await EnsureKnownAsync(session, sync, stop);
        if (RunGateways.ServedAt(session) is { } url)
        {
            await using var served = new ServedRuns(url);
            return await served.HoldAsync(sync, activity, reason, by, stop);
        }

        session.EnsureStateDirectory();
        await using var services = session.Services();
        return await services.GetRequiredService<HoldBook>().HoldAsync(sync, activity, reason, by, stop);
    }

    /// <summary>The hold of a sync; null when there is none.</summary>
    public static async Task<SyncHold?> FindAsync(Session session, string sync, CancellationToken stop)
    {
        await EnsureKnownAsync(session, sync, stop);
        await using var services = session.Services();
        return await services.GetRequiredService<HoldBook>().FindAsync(sync, stop);
    }

    /// <exception cref="ProblemException">The plan does not show what the sync would write now (AFF627).</exception>
    public static async Task ReleaseAsync(Session session, string sync, string planRunId, string by, CancellationToken stop)
    {
        if (RunGateways.ServedAt(session) is { } url)
        {
            await using var served = new ServedRuns(url);
            await served.ReleaseAsync(sync, planRunId, by, stop);
            return;
        }

        await using var services = session.Services();
        var released = await services.GetRequiredService<HoldRelease>().ReleaseAsync(sync, planRunId, by, stop);
        if (released.Problem is { } problem)
        {
            throw new ProblemException(problem);
        }
    }

    private static async Task EnsureKnownAsync(Session session, string sync, CancellationToken stop)
    {
        await using var services = session.Services();
        var loaded = await services.GetRequiredService<SyncCatalog>().LoadAsync(sync, stop);
        if (loaded.IsUnknown)
        {
            throw new ProblemException(loaded.Problems);
        }
    }
}

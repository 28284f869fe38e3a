using System.Reflection;
using AffinityDurable.LocalHost.Engine;

namespace AffinityDurable.LocalHost;

/// <summary>How the embedded host runs.</summary>
public sealed class LocalHostOptions
{
    /// <summary>Where history, schedules and the lock live. Created when missing. One host at a time.</summary>
    public string StateDirectory { get; set; } = ".affinity-durable";

    /// <summary>Assemblies whose public classes hold the functions.</summary>
    public IList<Assembly> Assemblies { get; } = [];

    /// <summary>The clock of durable timers, timer triggers and history.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Replays every instance from its start at every turn, as after a restart. For tests: slow, and finds non-determinism at once.</summary>
    public bool ReplayEveryTurn { get; set; }

    /// <summary>Activities that run at the same time. Default: ten per processor, as Azure Functions.</summary>
    public int MaxConcurrentActivities { get; set; } = 10 * Environment.ProcessorCount;

    /// <summary>Orchestrator turns under way at the same time. Default: ten per processor, as Azure Functions.</summary>
    public int MaxConcurrentOrchestrations { get; set; } = 10 * Environment.ProcessorCount;

    /// <summary>Version of instances that are started without one, as <c>defaultVersion</c> of host.json.</summary>
    public string DefaultVersion { get; set; } = "";

    /// <summary>
    /// Why this program cannot go on with an instance of a version; null when it can. Such an instance fails with
    /// <see cref="IncompatibleVersionException"/> and this message before its code is run. Null: every version is gone on with.
    /// </summary>
    public Func<string, string?>? RefuseVersion { get; set; }

    /// <summary>Where HTTP functions listen, port 0 for any free port. Null: no HTTP.</summary>
    public Uri? Listen { get; set; }

    /// <summary>Whether HTTP functions are served; <see cref="Listen"/> says where.</summary>
    public bool EnableHttp { get; set; } = true;

    /// <summary>Whether timer functions fire.</summary>
    public bool EnableTimers { get; set; } = true;

    /// <summary>Whether queue functions get messages.</summary>
    public bool EnableQueues { get; set; } = true;

    /// <summary>Folders whose files become messages of a queue.</summary>
    public IList<WatchedFolder> WatchedFolders { get; } = [];

    /// <summary>How long size and time of a file have to stay the same until it counts as complete. Real time, also with a fake clock.</summary>
    public TimeSpan FileRest { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long activities in flight may go on when the host stops, before they are cancelled.</summary>
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>With a fake <see cref="TimeProvider"/>: how it is moved on when all work waits on timers. Null: time passes by itself.</summary>
    public ClockJump? ClockJump { get; set; }
}

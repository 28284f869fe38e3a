using AffinityDurable.Core.Affinity;

namespace AffinityDurable.Core.Throttling;

/// <summary>
/// Makes the calls of one activity through its gate. A limit on concurrent calls is waited out here, for two seconds at most in one
/// activity; every longer wait is handed to the orchestrator.
/// </summary>
public sealed class ThrottledCalls(CallGate gate, TimeProvider clock)
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstSleep = TimeSpan.FromMilliseconds(50);

    private TimeSpan slept;

    /// <summary>For an activity that calls alone: everything but applying.</summary>
    public static ThrottledCalls OneLane(int minuteSharePercent, TimeProvider clock) =>
        new(new CallGate(new ThrottlePolicy(1, minuteSharePercent), clock), clock);

    /// <summary>Calls that left the process.</summary>
    public int Calls { get; private set; }

    /// <summary>Null when a call may be made now.</summary>
    public Wait? Blocked => gate.Blocked;

    /// <summary>The limits last seen.</summary>
    public RateLimits? Latest => gate.Latest;

    /// <summary>What the answers tell about the end of the window.</summary>
    public CallWindow? Window => gate.Window;

    /// <summary>Makes a call, again while too many are in flight.</summary>
    public async Task<Answer<T>> CallAsync<T>(Func<Task<Answer<T>>> call, CancellationToken cancellationToken)
    {
        var pause = FirstSleep;
        while (true)
        {
            var answer = await call();
            Calls += answer.Calls;
            gate.Observe(answer);
            if (answer.Fault?.Kind != FaultKind.ConcurrencyLimit || slept + pause > LongestSleep)
            {
                return answer;
            }

            // Real time passes here: a fake clock stands still while an activity is in flight.
            await Task.Delay(pause, cancellationToken);
            slept += pause;
            pause *= 2;
        }
    }

    /// <summary>The wait that an outage asks for: how long, its caller knows.</summary>
    public Wait WaitForOutage()
    {
        var now = clock.GetUtcNow();
        return new Wait(WaitReason.Outage, now, now);
    }

    /// <summary>The wait that a fault asks for; null when waiting does not help.</summary>
    public Wait? WaitFor(AffinityFault fault)
    {
        var now = clock.GetUtcNow();
        return fault.Kind switch
        {
            FaultKind.MinuteLimit or FaultKind.MonthlyLimit => gate.Blocked ?? new Wait(WaitReason.MinuteLimit, now, now),
            FaultKind.ConcurrencyLimit => new Wait(WaitReason.Concurrency, now, now + LongestSleep),
            FaultKind.Unavailable => WaitForOutage(),
            _ => null,
        };
    }
}

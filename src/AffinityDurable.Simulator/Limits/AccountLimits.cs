using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Limits;

/// <summary>
/// The three limits of an account: a fixed window per user that starts at its first request, a calendar month (UTC) and a number of
/// requests at a time. A refused request counts nowhere. All settings may be changed while the server runs.
/// </summary>
public sealed class AccountLimits
{
    private readonly SimulatorOptions _options;
    private readonly TimeProvider _time;
    private readonly SimulatedBehavior _behavior;
    private readonly Lock _gate = new();
    private readonly Dictionary<(long UserId, string? Key), Window> _windows = [];
    private DateTimeOffset _monthEnd;
    private long _monthUsed;
    private int _inProgress;

    internal AccountLimits(SimulatorOptions options, TimeProvider time)
    {
        _options = options;
        _behavior = options.Behavior;
        _time = time;
        Restore();
    }

    /// <summary>Requests a user may make in one window, 0 or more; lowering it counts at once.</summary>
    public int CallsPerMinute
    {
        get;
        set => field = value >= 0 ? value : throw Negative(nameof(CallsPerMinute), value);
    }

    /// <summary>The length of the window, above zero; one minute by default.</summary>
    public TimeSpan WindowLength
    {
        get;
        set => field = value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "WindowLength must be above zero.");
    }

    /// <summary>Requests the account may make in a month; null is unlimited.</summary>
    public long? CallsPerMonth
    {
        get;
        set => field = value is null or >= 0 ? value : throw Negative(nameof(CallsPerMonth), value);
    }

    /// <summary>Requests in progress at a time; null is unlimited.</summary>
    public int? Concurrency
    {
        get;
        set => field = value is null or >= 0 ? value : throw Negative(nameof(Concurrency), value);
    }

    /// <summary>Whether a 429 carries <c>Retry-After</c>.</summary>
    public bool SendsRetryAfter { get; set; }

    /// <summary>Requests made in this month, whoever made them.</summary>
    public long MonthUsed
    {
        get
        {
            lock (_gate)
            {
                return UseOfMonth(_time.GetUtcNow()).Used;
            }
        }

        set
        {
            lock (_gate)
            {
                UseOfMonth(_time.GetUtcNow());
                _monthUsed = value;
            }
        }
    }

    /// <summary>Spends calls of a user as another integration with the same user would.</summary>
    public void Spend(User user, int calls)
    {
        ArgumentNullException.ThrowIfNull(user);
        lock (_gate)
        {
            OpenWindow((user.Id, null)).Used += calls;
            UseOfMonth(_time.GetUtcNow());
            _monthUsed += calls;
        }
    }

    /// <summary>Closes the windows of all users; the next request of each opens a new one.</summary>
    public void ResetWindows()
    {
        lock (_gate)
        {
            _windows.Clear();
        }
    }

    /// <summary>The settings of the start, with nothing used. Requests in progress stay in progress.</summary>
    internal void StartOver()
    {
        Restore();
        lock (_gate)
        {
            _windows.Clear();
            _monthEnd = default;
        }
    }

    /// <summary>Lets a request in and counts it, or names the limit that refuses it. What was let in must be given to <see cref="Leave"/>.</summary>
    internal Admission Admit(ApiKey key, bool sparesMonth)
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            var owner = OwnerOf(key);
            var spends = !sparesMonth || !_behavior.WhoamiAndRateLimitSpareTheMonth;
            var refusal = Check(owner, spends, now);
            if (refusal == Refusal.None)
            {
                OpenWindow(owner).Used++;
                _monthUsed += spends ? 1 : 0;
                _inProgress++;
            }

            return new Admission(refusal, UseOfWindow(owner), CallsPerMonth is null ? null : UseOfMonth(now));
        }
    }

    internal void Leave()
    {
        lock (_gate)
        {
            _inProgress--;
        }
    }

    /// <summary>How the limits stand for a key, or for nobody in particular.</summary>
    internal Admission Peek(ApiKey? key)
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            return new Admission(Refusal.None, UseOfWindow(key is null ? default : OwnerOf(key)), CallsPerMonth is null ? null : UseOfMonth(now));
        }
    }

    private void Restore()
    {
        CallsPerMinute = _options.CallsPerMinute;
        WindowLength = _options.Window;
        CallsPerMonth = _options.CallsPerMonth;
        Concurrency = _options.Concurrency;
        SendsRetryAfter = _options.SendsRetryAfter;
    }

    private Refusal Check((long UserId, string? Key) owner, bool spendsMonth, DateTimeOffset now)
    {
        if (_inProgress >= Concurrency)
        {
            return Refusal.Concurrency;
        }

        if (spendsMonth && UseOfMonth(now).Used >= CallsPerMonth)
        {
            return Refusal.Month;
        }

        return UseOfWindow(owner).Remaining == 0 ? Refusal.Minute : Refusal.None;
    }

    private (long UserId, string? Key) OwnerOf(ApiKey key) => (key.User.Id, _behavior.KeysOfAUserShareTheMinute ? null : key.Secret);

    private Window OpenWindow((long UserId, string? Key) owner)
    {
        if (!_windows.TryGetValue(owner, out var window) || Left(window) <= TimeSpan.Zero)
        {
            window = _windows[owner] = new Window(_time.GetTimestamp());
        }

        return window;
    }

    private LimitUse UseOfWindow((long UserId, string? Key) owner) =>
        _windows.TryGetValue(owner, out var window) && Left(window) is var left && left > TimeSpan.Zero
            ? new LimitUse(CallsPerMinute, window.Used, (long)Math.Ceiling(left.TotalSeconds))
            : new LimitUse(CallsPerMinute, 0, 0);

    private LimitUse UseOfMonth(DateTimeOffset now)
    {
        if (now >= _monthEnd)
        {
            _monthEnd = new DateTimeOffset(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
            _monthUsed = 0;
        }

        return new LimitUse(CallsPerMonth ?? long.MaxValue, _monthUsed, (long)Math.Ceiling((_monthEnd - now).TotalSeconds));
    }

    private static ArgumentOutOfRangeException Negative(string name, object value) => new(nameof(value), value, $"{name} must not be negative.");

    private TimeSpan Left(Window window) => WindowLength - _time.GetElapsedTime(window.Start);

    private sealed class Window(long start)
    {
        public long Start { get; } = start;

        public long Used { get; set; }
    }
}

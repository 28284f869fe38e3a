namespace AffinityDurable.Core.Affinity;

/// <summary>Settings of <see cref="AffinityClient"/>, from the section <c>Affinity</c>.</summary>
public sealed class AffinityOptions
{
    /// <summary>Where the API is; <c>/v2</c> is added. Plain http is accepted on the loopback address only: every call carries the key.</summary>
    public Uri BaseAddress { get; set; } = new("https://api.affinity.co");

    /// <summary>One attempt may take this long, body included; 1 ms to 5 min.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Repeats of a read after a transient fault: 0 to 3. A write is repeated only after a look at what became of it.</summary>
    public int MaxRetries { get; set; } = 3;

    /// <summary>Median delay before the first repeat; it doubles, with jitter.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>No delay is longer: an activity never sleeps long.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>An answer with a longer body is refused, in bytes after decompression.</summary>
    public int MaxAnswerBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>The setting <c>Writes:Enabled</c>: false stops every write in the HTTP handler, also while a run is under way.</summary>
    public bool WritesEnabled { get; set; } = true;
}

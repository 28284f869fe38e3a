namespace AffinityDurable.Functions.Storage;

/// <summary>How patiently Blob stores are asked; section <c>Stores</c> of the settings.</summary>
public sealed class BlobStoreOptions
{
    /// <summary>How long one attempt may stay without an answer.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Repeats after a fault that may pass: a time-out, a broken connection, a busy server.</summary>
    public int MaxRetries { get; set; } = 5;

    /// <summary>Before the first repeat; it doubles each time.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>No delay between repeats is longer.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(10);
}

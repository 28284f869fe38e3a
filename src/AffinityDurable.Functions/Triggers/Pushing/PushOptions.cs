namespace AffinityDurable.Functions.Triggers.Pushing;

/// <summary>Limits of pushed rows; section <c>Push</c> of the settings.</summary>
public sealed class PushOptions
{
    /// <summary>Largest body of a push, unpacked.</summary>
    public int MaxMegabytes { get; set; } = 16;
}

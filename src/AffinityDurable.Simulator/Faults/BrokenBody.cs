namespace AffinityDurable.Simulator.Faults;

/// <summary>How the body of an answer is spoilt. The status stays; the request was carried out.</summary>
public enum BrokenBody
{
    /// <summary>The connection ends before as many bytes came as <c>Content-Length</c> says.</summary>
    Truncated,

    /// <summary>The connection ends before the last chunk.</summary>
    TruncatedChunks,

    /// <summary>A whole answer whose JSON breaks off in the middle.</summary>
    CutJson,

    /// <summary>A whole answer with something else, which is no JSON, in place of the body.</summary>
    MalformedJson,

    /// <summary>A page for people, as a proxy on the way would send it.</summary>
    Html,
}

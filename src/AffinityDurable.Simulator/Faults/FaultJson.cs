using System.Text.Json;
using AffinityDurable.Simulator.Control;

namespace AffinityDurable.Simulator.Faults;

/// <summary>A fault on the wire; without <c>times</c> it hits once, with <c>always</c> until faults are cleared.</summary>
internal sealed record FaultJson
{
    private static readonly Fault Plain = new();

    public string? Method { get; init; }

    public string? PathContains { get; init; }

    public string? Endpoint { get; init; }

    public int Skip { get; init; }

    public int? Every { get; init; }

    public double? Probability { get; init; }

    public ulong? Seed { get; init; }

    public int? Times { get; init; }

    public bool Always { get; init; }

    public int? Status { get; init; }

    public string? Message { get; init; }

    public bool CutsConnection { get; init; }

    public bool AfterCommit { get; init; }

    public BrokenBody? Body { get; init; }

    public bool ReplacesKey { get; init; }

    public double DelayMilliseconds { get; init; }

    public double? DelayUpToMilliseconds { get; init; }

    public bool DeletesEntry { get; init; }

    public bool RemovesOption { get; init; }

    public bool EditsValue { get; init; }

    public string? EditedField { get; init; }

    /// <exception cref="FormatException">The text is not JSON, or has properties that a fault has not.</exception>
    public static Fault Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<FaultJson>(json, ControlJson.Options)?.ToFault() ?? throw new FormatException("A fault is an object.");
        }
        catch (JsonException fault)
        {
            throw new FormatException(fault.Message, fault);
        }
    }

    public static FaultJson Of(Fault fault) => new()
    {
        Method = fault.Method,
        PathContains = fault.PathContains,
        Endpoint = fault.Endpoint,
        Skip = fault.Skip,
        Every = Unless(Plain.Every, fault.Every),
        Probability = Unless(Plain.Probability, fault.Probability),
        Seed = Unless(Plain.Seed, fault.Seed),
        Times = fault.Times,
        Always = fault.Times is null,
        Status = fault.Status,
        Message = fault.Status is null ? null : fault.Message,
        CutsConnection = fault.CutsConnection,
        AfterCommit = fault.AfterCommit,
        Body = fault.Body,
        ReplacesKey = fault.ReplacesKey,
        DelayMilliseconds = fault.Delay.TotalMilliseconds,
        DelayUpToMilliseconds = fault.DelayUpTo?.TotalMilliseconds,
        DeletesEntry = fault.DeletesEntry,
        RemovesOption = fault.RemovesOption,
        EditsValue = fault.EditsValue,
        EditedField = fault.EditedField,
    };

    /// <summary>What a property of a fault is called on the wire.</summary>
    public static string NameOf(string property) => property switch
    {
        nameof(Fault.Delay) => "delayMilliseconds",
        nameof(Fault.DelayUpTo) => "delayUpToMilliseconds",
        _ => JsonNamingPolicy.CamelCase.ConvertName(property),
    };

    public Fault ToFault() => new()
    {
        Method = Method,
        PathContains = PathContains,
        Endpoint = Endpoint,
        Skip = Skip,
        Every = Every ?? Plain.Every,
        Probability = Probability ?? Plain.Probability,
        Seed = Seed ?? Plain.Seed,
        Times = Always ? null : Times ?? Plain.Times,
        Status = Status,
        Message = Message ?? Plain.Message,
        CutsConnection = CutsConnection,
        AfterCommit = AfterCommit,
        Body = Body,
        ReplacesKey = ReplacesKey,
        Delay = Milliseconds(DelayMilliseconds),
        DelayUpTo = DelayUpToMilliseconds is { } most ? Milliseconds(most) : null,
        DeletesEntry = DeletesEntry,
        RemovesOption = RemovesOption,
        EditsValue = EditsValue,
        EditedField = EditedField,
    };

    /// <summary>What no span holds becomes one that no fault may have.</summary>
    public static TimeSpan Milliseconds(double number) =>
        Math.Abs(number) < TimeSpan.MaxValue.TotalMilliseconds ? TimeSpan.FromMilliseconds(number) : TimeSpan.MaxValue;

    private static T? Unless<T>(T usual, T actual)
        where T : struct, IEquatable<T> => actual.Equals(usual) ? null : actual;
}

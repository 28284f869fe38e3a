using System.Globalization;
using System.Text.Json.Serialization;

namespace AffinityDurable.Core.Planning;

/// <summary>One rule as it was checked against a plan.</summary>
/// <param name="Rule">Name of the rule in definitions.</param>
/// <param name="Subject">The field or column it is about; null for the whole run.</param>
/// <param name="Figure">What the plan shows; infinite for a number that goes to zero or across it.</param>
/// <param name="Threshold">What the definition allows.</param>
/// <param name="Breached">Whether the run is blocked by it.</param>
/// <param name="Code">Id of the error code.</param>
public sealed record GuardFinding(
    string Rule,
    string? Subject,
    [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] double Figure,
    double Threshold,
    bool Breached,
    string Code)
{
    /// <summary>Id of the field, where it is about one: names are not unique.</summary>
    public string? FieldId { get; init; }

    /// <summary>The most telling cases of a breach, at most ten. They hold values.</summary>
    public IReadOnlyList<GuardExample> Examples { get; init; } = [];

    /// <summary>What was found, without the code and without any value.</summary>
    [JsonIgnore]
    public string Message => $"{Rule}{(Subject is null ? "" : $" of \"{Subject}\"")}: {Render(Figure)} against {Render(Threshold)}";

    /// <summary>A figure as people read it.</summary>
    public static string Render(double figure) =>
        double.IsInfinity(figure) ? "unbounded" : figure.ToString("0.##", CultureInfo.InvariantCulture);

    public override string ToString() => $"{Code} {Message}";
}

/// <summary>A case that shows what a guard found. Holds values: it is stored and shown, never logged.</summary>
/// <param name="Text">What is to be seen there: a value before and after, a key without an entry, the reason of a reject.</param>
/// <param name="EntryId">The entry, where there is one.</param>
/// <param name="Name">Its display name.</param>
/// <param name="Line">Line of the source record, where known.</param>
public sealed record GuardExample(string Text, long? EntryId = null, string? Name = null, long? Line = null);

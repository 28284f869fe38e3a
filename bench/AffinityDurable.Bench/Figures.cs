using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AffinityDurable.Bench;

/// <summary>What a scenario measured, in the order in which it is shown.</summary>
internal sealed class Figures
{
    private readonly List<(string Name, double Value, Target? Target)> rows = [];

    public Figures Add(string name, double value, Target? target = null)
    {
        rows.Add((name, Math.Round(value, 3), target));
        return this;
    }

    public string ToJson(string scenario) =>
        JsonSerializer.Serialize(new { scenario, figures = rows.ToDictionary(row => row.Name, row => row.Value, StringComparer.Ordinal) });

    public string ToTable(string scenario)
    {
        var table = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"{scenario,-24}{"",14}  target");
        foreach (var (name, value, target) in rows)
        {
            var figure = value.ToString("#,0.###", CultureInfo.InvariantCulture);
            var verdict = target is null ? "" : $"  {target} {(target.IsMetBy(value) ? "met" : "MISSED")}";
            table.AppendLine(CultureInfo.InvariantCulture, $"{name,-24}{figure,14}{verdict}");
        }

        return table.ToString().TrimEnd();
    }
}

/// <summary>What a figure should be.</summary>
internal sealed record Target(bool AtMost, double Limit)
{
    public static Target Most(double limit) => new(true, limit);

    public static Target Least(double limit) => new(false, limit);

    public bool IsMetBy(double value) => AtMost ? value <= Limit : value >= Limit;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(AtMost ? "<=" : ">=")} {Limit:#,0.###}");
}

using Cronos;

namespace AffinityDurable.Core.Definitions;

/// <summary>A cron expression of five fields, read as wall-clock times.</summary>
internal sealed class CronSchedule
{
    private const int Fields = 5;

    private readonly CronExpression expression;

    private CronSchedule(string text, CronExpression expression)
    {
        this.expression = expression;
        IsEveryHour = Split(text)[1].StartsWith('*');
    }

    /// <summary>Whether the hours go by elapsed time (<c>*</c>, <c>*/2</c>) and not by what a clock on the wall shows.</summary>
    public bool IsEveryHour { get; }

    /// <exception cref="FormatException">See <see cref="Problem"/>.</exception>
    public static CronSchedule Parse(string text) =>
        Problem(text) is { } problem ? throw new FormatException($"'{text}': {problem}") : new CronSchedule(text, CronExpression.Parse(text, CronFormat.Standard));

    /// <summary>What is wrong with an expression; null when nothing is.</summary>
    public static string? Problem(string text)
    {
        var fields = Split(text);
        if (fields.Length != Fields)
        {
            return $"it has {fields.Length} field{(fields.Length == 1 ? "" : "s")} instead of five.";
        }

        try
        {
            var never = CronExpression.Parse(text, CronFormat.Standard).GetNextOccurrence(DateTime.SpecifyKind(new DateTime(2000, 1, 1), DateTimeKind.Utc)) is null;
            return never ? "that day never comes." : null;
        }
        catch (MissingSeedException)
        {
            return "H (a random time) is not known; give a fixed time.";
        }
        catch (CronFormatException invalid)
        {
            return invalid.Message.Replace("The given cron expression has an invalid format. ", "", StringComparison.Ordinal);
        }
    }

    /// <summary>The next wall-clock time after another; null when there is none.</summary>
    public DateTime? NextLocal(DateTime local) => expression.GetNextOccurrence(DateTime.SpecifyKind(local, DateTimeKind.Utc));

    /// <summary>The next instant after another, hours counted as they pass in the zone.</summary>
    public DateTime? NextUtc(DateTime utc, TimeZoneInfo zone) => expression.GetNextOccurrence(utc, zone);

    private static string[] Split(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}

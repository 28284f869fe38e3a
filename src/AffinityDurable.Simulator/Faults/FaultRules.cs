using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Faults;

/// <summary>One thing that makes no sense about a fault.</summary>
internal readonly record struct FaultProblem(string Property, string Message)
{
    public override string ToString() => $"{Property}: {Message}";
}

/// <summary>Which faults make sense; finds all that is wrong with one.</summary>
internal static class FaultRules
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    private static readonly string[] Verbs =
        [HttpMethods.Get, HttpMethods.Post, HttpMethods.Patch, HttpMethods.Put, HttpMethods.Delete, HttpMethods.Head, HttpMethods.Options];

    /// <param name="fault">The fault.</param>
    /// <param name="knows">Whether there is such an endpoint; null takes every name.</param>
    public static IReadOnlyList<FaultProblem> Check(Fault fault, Func<string, bool>? knows = null) =>
        [.. OfRequests(fault, knows), .. OfHits(fault), .. OfDelays(fault), .. OfAnswer(fault), .. OfEffects(fault)];

    /// <exception cref="ArgumentException">The fault makes no sense; the message names every property that is wrong.</exception>
    public static void Require(Fault fault, Func<string, bool>? knows = null)
    {
        var problems = Check(fault, knows);
        if (problems.Count > 0)
        {
            throw new ArgumentException($"The fault makes no sense. {string.Join(' ', problems)}", nameof(fault));
        }
    }

    /// <summary>Null when the delay may be had, otherwise why not.</summary>
    public static string? WhyNot(TimeSpan delay) =>
        delay < TimeSpan.Zero || delay > LongestDelay ? $"{delay} is not 0 to {LongestDelay.Days} day." : null;

    private static IEnumerable<FaultProblem> OfRequests(Fault fault, Func<string, bool>? knows)
    {
        if (fault.Method is { } method && !Verbs.Contains(method, StringComparer.OrdinalIgnoreCase))
        {
            yield return new(nameof(Fault.Method), $"'{method}' is none of {string.Join(", ", Verbs)}.");
        }

        if (fault.Endpoint is not { } endpoint)
        {
            yield break;
        }

        if (knows is not null && !knows(endpoint))
        {
            yield return new(nameof(Fault.Endpoint), $"There is no endpoint '{endpoint}'; GET /_sim/state names them.");
        }

        if (fault.Method is not null && !endpoint.StartsWith($"{fault.Method} ", StringComparison.OrdinalIgnoreCase))
        {
            yield return new(nameof(Fault.Method), $"'{fault.Method}' is not the verb of the endpoint '{endpoint}'.");
        }
    }

    private static IEnumerable<FaultProblem> OfHits(Fault fault)
    {
        if (fault.Skip < 0)
        {
            yield return new(nameof(Fault.Skip), $"{Text(fault.Skip)} is below 0.");
        }

        if (fault.Every < 1)
        {
            yield return new(nameof(Fault.Every), $"{Text(fault.Every)} is below 1.");
        }

        if (fault.Times < 1)
        {
            yield return new(nameof(Fault.Times), $"{Text(fault.Times)} is below 1.");
        }

        if (fault.Probability is not (>= 0 and <= 1))
        {
            yield return new(nameof(Fault.Probability), $"{Text(fault.Probability)} is not 0 to 1.");
        }

        if (fault.Every > 1 && fault.Probability < 1)
        {
            yield return new(nameof(Fault.Probability), "Hits come either by chance or every so many requests, not both.");
        }
    }

    private static IEnumerable<FaultProblem> OfDelays(Fault fault)
    {
        if (WhyNot(fault.Delay) is { } reason)
        {
            yield return new(nameof(Fault.Delay), reason);
        }

        if (fault.DelayUpTo is not { } most)
        {
            yield break;
        }

        if (WhyNot(most) is { } reasonOfMost)
        {
            yield return new(nameof(Fault.DelayUpTo), reasonOfMost);
        }
        else if (most < fault.Delay)
        {
            yield return new(nameof(Fault.DelayUpTo), $"{most} is below the least delay, {fault.Delay}.");
        }
    }

    private static IEnumerable<FaultProblem> OfAnswer(Fault fault)
    {
        if (fault.Status is < 400 or > 599)
        {
            yield return new(nameof(Fault.Status), $"{Text(fault.Status)} is no error: 400 to 599.");
        }

        if (fault.Body is { } body && !Enum.IsDefined(body))
        {
            yield return new(nameof(Fault.Body), $"{Text((int)body)} is no way to spoil a body.");
        }

        (string Name, bool IsSet)[] answers =
        [
            (nameof(Fault.Status), fault.Status is not null), (nameof(Fault.CutsConnection), fault.CutsConnection),
            (nameof(Fault.Body), fault.Body is not null), (nameof(Fault.ReplacesKey), fault.ReplacesKey),
        ];
        string[] given = [.. answers.Where(answer => answer.IsSet).Select(answer => answer.Name)];
        foreach (var other in given.Skip(1))
        {
            yield return new(other, $"A request has one answer, which {given[0]} gives.");
        }

        if (fault.AfterCommit && fault.Status is null && !fault.CutsConnection && fault.Body is null)
        {
            yield return new(nameof(Fault.AfterCommit), $"Belongs to {nameof(Fault.Status)} or {nameof(Fault.CutsConnection)}.");
        }
    }

    private static IEnumerable<FaultProblem> OfEffects(Fault fault)
    {
        if (!fault.Answers && !fault.Changes && fault.OnMatch is null && fault.Delay == TimeSpan.Zero && fault.DelayUpTo is null)
        {
            yield return new(nameof(Fault.Status), "The fault does nothing: no answer, no delay, no change.");
        }

        if (fault.EditedField is not null && !fault.EditsValue)
        {
            yield return new(nameof(Fault.EditedField), $"Belongs to {nameof(Fault.EditsValue)}.");
        }

        if (fault.EditsValue && fault.DeletesEntry)
        {
            yield return new(nameof(Fault.EditsValue), "What is deleted at the same moment cannot be seen to be edited.");
        }

        if (fault.Endpoint is not { } endpoint)
        {
            yield break;
        }

        if (fault.DeletesEntry && !Names(endpoint, "listEntryId"))
        {
            yield return new(nameof(Fault.DeletesEntry), $"'{endpoint}' names no entry.");
        }

        if (fault.EditsValue && !Names(endpoint, "listEntryId", "companyId", "personId"))
        {
            yield return new(nameof(Fault.EditsValue), $"'{endpoint}' names no entry, company or person.");
        }

        if (fault.RemovesOption && !Names(endpoint, "listId", "companyId", "personId"))
        {
            yield return new(nameof(Fault.RemovesOption), $"'{endpoint}' names no list, company or person.");
        }
    }

    private static bool Names(string endpoint, params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            if (endpoint.Contains($"{{{part}}}", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static string Text(IFormattable? number) => number?.ToString(format: null, CultureInfo.InvariantCulture) ?? "";
}

using System.Globalization;
using AffinityDurable.Core.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AffinityDurable.Functions.Triggers.Requests;

/// <summary>Reads the query of a request. Whatever is wrong becomes a problem, all at once.</summary>
internal sealed class RequestQuery(IQueryCollection query)
{
    private const int LongestText = 200;
    private const int LongestName = 40;

    private readonly List<Problem> problems = [];
    private readonly List<string> asked = [];

    /// <summary>All that is wrong with the query. Parameters that nobody asked for are; so ask for all of them first.</summary>
    public IReadOnlyList<Problem> Problems => [.. problems, .. query.Keys.Except(asked, StringComparer.OrdinalIgnoreCase).Select(Unknown)];

    /// <summary>Refuses whatever stands in the query of a route that takes none; null where nothing does.</summary>
    public static IActionResult? Refuse(HttpRequest request) =>
        new RequestQuery(request.Query).Problems is { Count: > 0 } problems ? Triggers.Problems.BadRequest(problems) : null;

    public string? Text(string name)
    {
        asked.Add(name);
        if (!query.TryGetValue(name, out var values))
        {
            return null;
        }

        if (values is [{ } value] && value.Trim() is { Length: > 0 and <= LongestText } text)
        {
            return text;
        }

        Report($"'{name}' is given once, as a text of 1 to {LongestText} characters.");
        return null;
    }

    public long? Id(string name) => Parse(name, "an id", text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : (long?)null);

    public int? Integer(string name, int min, int max) => Parse(
        name,
        $"a whole number from {min} to {max}",
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max ? number : (int?)null);

    /// <summary>An instant or a day; without an offset it is in UTC.</summary>
    public DateTimeOffset? Instant(string name) => Parse(
        name,
        "a day or an instant such as 2026-11-23 or 2026-11-23T02:00:00Z",
        text => DateTimeOffset.TryParseExact(text, Instants, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : (DateTimeOffset?)null);

    /// <summary>One of the words of an enumeration, in any case.</summary>
    public T? Word<T>(string name)
        where T : struct, Enum => Parse(
            name,
            $"one of {string.Join(", ", Enum.GetNames<T>().Select(word => char.ToLowerInvariant(word[0]) + word[1..]))}",
            text => text.All(char.IsAsciiLetter) && Enum.TryParse<T>(text, ignoreCase: true, out var word) ? word : (T?)null);

    public void Report(string message) => problems.Add(Problem.Of(HostErrors.BadRequest, message));

    private static readonly string[] Instants = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    private T? Parse<T>(string name, string what, Func<string, T?> parse)
        where T : struct
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        var value = parse(text);
        if (value is null)
        {
            Report($"'{name}' is {what}.");
        }

        return value;
    }

    private Problem Unknown(string name)
    {
        var shown = name.Length <= LongestName ? name : name[..LongestName];
        return Problem.Of(
            HostErrors.BadRequest,
            asked.Count == 0 ? $"The parameter '{shown}' is not known here: the route takes none." : $"The parameter '{shown}' is not known here; {string.Join(", ", asked.Select(known => $"'{known}'"))} are.");
    }
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace AffinityDurable.Sources.Http;

/// <summary>So many requests in so much time; they are spread evenly.</summary>
internal sealed partial record RateLimit(int Requests, TimeSpan Window)
{
    /// <summary>Between the starts of two requests.</summary>
    public TimeSpan Spacing => Window / Requests;

    /// <summary>As definitions spell it: <c>10/s</c>, <c>100/m</c>, <c>1000/h</c>; null for anything else.</summary>
    public static RateLimit? Parse(string text)
    {
        var match = Pattern().Match(text);
        return match.Success
            ? new RateLimit(int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture), match.Groups["unit"].Value switch
            {
                "s" => TimeSpan.FromSeconds(1),
                "m" => TimeSpan.FromMinutes(1),
                _ => TimeSpan.FromHours(1),
            })
            : null;
    }

    [GeneratedRegex(@"\A(?<count>[1-9][0-9]{0,5})/(?<unit>[smh])\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}

using System.Text.RegularExpressions;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>What a field id looks like: <c>field-123</c>, or a slug such as <c>affinity-data-description</c>.</summary>
internal static partial class FieldIds
{
    public static bool IsWellFormed(string id) => Pattern().IsMatch(id);

    [GeneratedRegex("^(field-[1-9][0-9]*|(?!field-)[a-z][a-z0-9]*(-[a-z0-9]+)*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}

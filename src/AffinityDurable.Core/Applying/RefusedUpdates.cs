using System.Globalization;
using System.Text.RegularExpressions;
using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Throttling;

namespace AffinityDurable.Core.Applying;

/// <summary>An update that Affinity does not take.</summary>
internal sealed record RefusedUpdate(FieldChange Update, string Code, string Reason);

/// <summary>
/// Finds in an error which updates of a call it speaks of. What <c>param</c> holds for an error in a body is not known, so param and message
/// are searched for a pointer into the updates and for the ids of their fields.
/// </summary>
internal static partial class RefusedUpdates
{
    /// <summary>Whether the fault is about values of the call and not about its entry: then the others can be written.</summary>
    public static bool Concerns(AffinityFault fault, WritePlace place, IReadOnlyList<FieldChange> sent) => fault.Kind switch
    {
        FaultKind.Refused => CallFailure.RefusesEntry(fault) is not null,
        FaultKind.Merged => fault.MergedFrom is { } gone && gone != place.EntityId,
        FaultKind.NotFound or FaultKind.Forbidden => NamedIn(fault, sent).Count > 0,
        _ => false,
    };

    /// <summary>The updates that the error names, each with its own message; none where it says nothing of use.</summary>
    /// <param name="fault">The error.</param>
    /// <param name="sent">The updates in the order of the call.</param>
    public static IReadOnlyList<RefusedUpdate> NamedIn(AffinityFault fault, IReadOnlyList<FieldChange> sent)
    {
        var named = new Dictionary<string, RefusedUpdate>(StringComparer.Ordinal);
        foreach (var item in fault.Items)
        {
            foreach (var update in NamedIn(item, sent))
            {
                named.TryAdd(update.FieldId, Of(update, fault, item.Message));
            }
        }

        return [.. named.Values];
    }

    /// <summary>An update that was refused alone.</summary>
    public static RefusedUpdate Of(FieldChange update, AffinityFault fault) => Of(update, fault, fault.Message);

    /// <summary>What the error says, with the survivor where something was merged.</summary>
    public static string Describe(AffinityFault fault) => Describe(fault, fault.Message);

    private static RefusedUpdate Of(FieldChange update, AffinityFault fault, string message) =>
        new(update, AffinityErrors.Of(fault.Kind).Id, Describe(fault, message));

    private static string Describe(AffinityFault fault, string message) =>
        fault.MergedInto is { } survivor ? $"{message} The surviving entity is {survivor}." : message;

    private static IEnumerable<FieldChange> NamedIn(FaultItem item, IReadOnlyList<FieldChange> sent) =>
        (PointedAt(item.Param, sent) ?? PointedAt(item.Message, sent)) is { } update
            ? [update]
            : sent.Where(candidate => Holds(item.Message, candidate.FieldId));

    private static FieldChange? PointedAt(string? text, IReadOnlyList<FieldChange> sent) =>
        text is not null
        && UpdatePointer().Match(text) is { Success: true } match
        && int.TryParse(match.Groups["at"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && at < sent.Count
            ? sent[at]
            : null;

    private static bool Holds(string text, string fieldId)
    {
        for (var at = text.IndexOf(fieldId, StringComparison.Ordinal); at >= 0; at = text.IndexOf(fieldId, at + 1, StringComparison.Ordinal))
        {
            var end = at + fieldId.Length;
            if ((at == 0 || !IsOfId(text[at - 1])) && (end == text.Length || !IsOfId(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfId(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_';

    [GeneratedRegex(@"updates[/\[.](?<at>\d{1,3})(?!\d)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UpdatePointer();
}

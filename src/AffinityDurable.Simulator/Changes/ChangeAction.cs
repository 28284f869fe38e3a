using System.Text.Json;

namespace AffinityDurable.Simulator.Changes;

/// <summary>The <c>actionType</c> of a change. A multi-value knows no updates: its items come and go.</summary>
internal enum ChangeAction : byte
{
    Add,
    Update,
    Delete,
}

internal static class ChangeActions
{
    private static readonly string[] Names = ["add", "update", "delete"];

    private static readonly JsonEncodedText[] Encoded = [.. Names.Select(name => JsonEncodedText.Encode(name))];

    public static string WireName(this ChangeAction action) => Names[(int)action];

    public static JsonEncodedText EncodedName(this ChangeAction action) => Encoded[(int)action];
}

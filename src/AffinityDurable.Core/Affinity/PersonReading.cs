using System.Text.Json;

namespace AffinityDurable.Core.Affinity;

/// <summary>Reads what identifies persons.</summary>
internal static class PersonReading
{
    /// <summary>All e-mail addresses of a person, the primary one where only that is given; null for other entities.</summary>
    public static IReadOnlyList<string>? Emails(JsonElement person)
    {
        var emails = person.Texts("emailAddresses");
        if (emails.Count == 0 && person.Optional("primaryEmailAddress") is { } primary)
        {
            emails.Add(primary);
        }

        return emails.Count == 0 ? null : emails;
    }
}

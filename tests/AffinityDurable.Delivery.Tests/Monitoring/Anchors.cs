namespace AffinityDurable.Delivery.Tests.Monitoring;

internal static class Anchors
{
    /// <summary>The anchor of a heading, as GitHub and Azure DevOps make it.</summary>
    public static string Of(string heading) =>
        new([.. heading.Trim().ToLowerInvariant().Replace(' ', '-').Where(letter => char.IsLetterOrDigit(letter) || letter == '-')]);
}

namespace AffinityDurable.Delivery.Tests.Infrastructure;

/// <summary>A text that follows from something else and is kept beside it, so that a change of it is seen in review.</summary>
internal static class ApprovedText
{
    private static readonly bool Updates = Environment.GetEnvironmentVariable("UPDATE_APPROVED") == "1";

    /// <summary>Holds a text to the approved one; with <c>UPDATE_APPROVED=1</c> the approved one is written anew.</summary>
    /// <param name="path">Path of the approved text from the root of the repository.</param>
    /// <param name="text">What it has to be.</param>
    public static void Holds(string path, string text)
    {
        var file = Repository.Absolute(path);
        if (Updates)
        {
            File.WriteAllText(file, text);
        }

        Assert.True(File.Exists(file) && File.ReadAllText(file) == text, $"{path} is behind. Write it anew with UPDATE_APPROVED=1 and look at the difference.");
    }
}

namespace AffinityDurable.Bench;

/// <summary>A run did not do what it must; its figures mean nothing.</summary>
internal sealed class RunFailedException(string message) : Exception(message)
{
    public static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new RunFailedException(message);
        }
    }

    public static void RequireEqual<T>(T expected, T actual, string what) =>
        Require(Equals(expected, actual), $"{what}: expected {expected}, was {actual}.");
}

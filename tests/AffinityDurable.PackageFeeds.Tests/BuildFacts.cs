using System.Reflection;

namespace AffinityDurable.PackageFeeds.Tests;

/// <summary>What the build of this test project knew.</summary>
internal static class BuildFacts
{
    public static string Repository => Find("Repository");

    /// <summary>The folder the build took its packages from; the clones read it, and write to one of their own.</summary>
    public static string OrdinaryPackages => Find("OrdinaryPackages");

    public static string AzurePackages => Find("AzurePackages");

    private static string Find(string key) => typeof(BuildFacts).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(datum => datum.Key == key)
        .Value!;
}

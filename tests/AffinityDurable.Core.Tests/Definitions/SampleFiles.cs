using System.Runtime.CompilerServices;

namespace AffinityDurable.Core.Tests.Definitions;

/// <summary>Files beside these tests and in the repository.</summary>
internal static class SampleFiles
{
    /// <summary>Root of the repository.</summary>
    public static string Root { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(Here(), "..", "..", ".."));

    public static string Folder { get; } = System.IO.Path.Combine(Here(), "Samples");

    public static string Path(string name) => System.IO.Path.Combine(Folder, name);

    private static string Here([CallerFilePath] string file = "") => System.IO.Path.GetDirectoryName(file)!;
}

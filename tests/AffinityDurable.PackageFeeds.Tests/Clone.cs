using System.Diagnostics;
using System.Security;
using System.Text.RegularExpressions;

namespace AffinityDurable.PackageFeeds.Tests;

/// <summary>
/// A copy of the repository, or of its build files with a miniature in place of its projects, in a folder of its own: own
/// artifacts, own package folder, and a feed beside those of the machine.
/// </summary>
internal sealed partial class Clone : IDisposable
{
    private static readonly TimeSpan LongestCommand = TimeSpan.FromMinutes(10);
    private static readonly HashSet<string> NotCloned = [".git", ".vs", "artifacts", "bin", "obj", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts"];

    private Clone()
    {
        Root = Directory.CreateTempSubdirectory("affinity-feeds-").FullName;
        Folder = Path.Combine(Root, "clone");
    }

    public string Folder { get; }

    public string AnswerFile => Path.Combine(Folder, "artifacts", "azure-packages.props");

    /// <summary>Null where nothing is stored.</summary>
    public string? Answer => File.Exists(AnswerFile) ? AnswerPattern().Match(File.ReadAllText(AnswerFile)).Groups[1].Value : null;

    private string Root { get; }

    private string Packages => Path.Combine(Root, "packages");

    /// <summary>The real build files around three tiny projects and the real function app.</summary>
    public static Clone Miniature()
    {
        Clone clone = new();
        foreach (string file in Directory.GetFiles(BuildFacts.Repository).Where(IsBuildFile))
        {
            clone.CopyFile(BuildFacts.Repository, file);
        }

        clone.CopyFolder(BuildFacts.Repository, "eng");
        clone.CopyFolder(BuildFacts.Repository, Path.Combine("src", "AffinityDurable.FunctionApp"));
        clone.CopyFile(BuildFacts.Repository, Path.Combine(BuildFacts.Repository, "tests", "Directory.Build.props"));
        clone.CopyFolder(Path.Combine(AppContext.BaseDirectory, "Miniature"), ".");
        return clone;

        static bool IsBuildFile(string file) => Path.GetExtension(file) is ".props" or ".targets" or ".json" or ".editorconfig";
    }

    public static Clone Whole()
    {
        Clone clone = new();
        clone.CopyFolder(BuildFacts.Repository, ".");
        return clone;
    }

    public Clone With(PackageFeed feed) => WithSource(feed.Folder);

    /// <summary>Adds a source to those of the machine and reads, but never writes, the machine's package folder.</summary>
    public Clone WithSource(string source)
    {
        File.WriteAllText(Path.Combine(Folder, "NuGet.config"), $"""
            <configuration>
              <packageSources>
                <add key="tests" value="{SecurityElement.Escape(source)}" allowInsecureConnections="true" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="ordinary" value="{SecurityElement.Escape(BuildFacts.OrdinaryPackages)}" />
              </fallbackPackageFolders>
            </configuration>
            """);
        return this;
    }

    public PackageFeed EmptyFeed(string name = "without") => PackageFeed.Empty(Path.Combine(Root, name));

    public PackageFeed StubFeed(string name = "with") => PackageFeed.WithStubs(Path.Combine(Root, name));

    public DotnetResult Dotnet(string command) => DotnetAsync(command).GetAwaiter().GetResult();

    public async Task<DotnetResult> DotnetAsync(string command)
    {
        using Process process = Process.Start(StartOf(command))!;
        using CancellationTokenSource limit = new(LongestCommand);
        Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
        Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return new DotnetResult(command, process.ExitCode, await output + await errors);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Empties the clone's own package folder, which answers like a source for what it once took from one.</summary>
    public void ForgetPackages() => Directory.Delete(Packages, recursive: true);

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private ProcessStartInfo StartOf(string command)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", command)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The build that runs this test leaves traces of itself, and could say which packages to use.
        foreach (string name in start.Environment.Keys.Where(IsOfTheOuterBuild).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";

        // None of these bears on the answer, and all take long.
        start.Environment["NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT"] = "1";
        start.Environment["NuGetAudit"] = "false";
        start.Environment["RunAnalyzers"] = "false";

        start.Environment["NUGET_PACKAGES"] = Packages;
        foreach (string pin in PackageFeed.Pins.Values)
        {
            start.Environment[pin] = PackageFeed.StubVersion;
        }

        return start;

        static bool IsOfTheOuterBuild(string name) =>
            name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("AzurePackages", StringComparison.OrdinalIgnoreCase);
    }

    private void CopyFolder(string from, string folder)
    {
        string source = Path.Combine(from, folder);
        foreach (string file in Directory.GetFiles(source))
        {
            CopyFile(from, file);
        }

        foreach (string child in Directory.GetDirectories(source).Where(child => !NotCloned.Contains(Path.GetFileName(child))))
        {
            CopyFolder(from, Path.GetRelativePath(from, child));
        }
    }

    private void CopyFile(string from, string file)
    {
        string copy = Path.Combine(Folder, Path.GetRelativePath(from, file));
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(file, copy);
    }

    [GeneratedRegex("<AzurePackages>(.*)</AzurePackages>")]
    private static partial Regex AnswerPattern();
}

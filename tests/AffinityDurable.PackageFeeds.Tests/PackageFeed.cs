using System.IO.Compression;

namespace AffinityDurable.PackageFeeds.Tests;

/// <summary>A folder that NuGet takes packages from.</summary>
internal sealed class PackageFeed(string folder)
{
    /// <summary>
    /// A version that no real feed and no real package folder has, and above all that they may have: NuGet takes the next one above where the
    /// wanted one is missing.
    /// </summary>
    public const string StubVersion = "9999.0.1-stub";

    private const string Worker = "Microsoft.Azure.Functions.Worker";

    public static IReadOnlyDictionary<string, string> Pins { get; } = new Dictionary<string, string>
    {
        [Worker] = "AzureFunctionsWorkerVersion",
        ["Microsoft.Azure.Functions.Worker.Extensions.DurableTask"] = "AzureFunctionsDurableTaskVersion",
        ["Microsoft.Azure.Functions.Worker.Extensions.DurableTask.AzureManaged"] = "AzureFunctionsDurableTaskAzureManagedVersion",
        ["Microsoft.Azure.Functions.Worker.Extensions.Http"] = "AzureFunctionsHttpVersion",
        ["Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore"] = "AzureFunctionsHttpAspNetCoreVersion",
        ["Microsoft.Azure.Functions.Worker.Extensions.Storage.Queues"] = "AzureFunctionsStorageQueuesVersion",
        ["Microsoft.Azure.Functions.Worker.Extensions.Timer"] = "AzureFunctionsTimerVersion",
        ["Microsoft.Azure.Functions.Worker.OpenTelemetry"] = "AzureFunctionsOpenTelemetryVersion",
        ["Microsoft.Azure.Functions.Worker.Sdk"] = "AzureFunctionsWorkerSdkVersion",
    };

    public string Folder { get; } = folder;

    public static PackageFeed Empty(string folder)
    {
        Directory.CreateDirectory(folder);
        return new PackageFeed(folder);
    }

    public static PackageFeed WithStubs(string folder)
    {
        PackageFeed feed = Empty(folder);
        foreach (string id in Pins.Keys)
        {
            feed.Add(id, StubVersion);
        }

        return feed;
    }

    public void Add(string id, string version)
    {
        using ZipArchive package = ZipFile.Open(Path.Combine(Folder, $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
        using (StreamWriter manifest = new(package.CreateEntry($"{id}.nuspec").Open()))
        {
            manifest.Write(Manifest(id, version));
        }

        if (id == Worker)
        {
            string types = Path.Combine(AppContext.BaseDirectory, "StubWorker.dll");
            package.CreateEntryFromFile(types, "lib/net10.0/StubWorker.dll");
        }
        else
        {
            package.CreateEntry("lib/net10.0/_._");
        }
    }

    public void Remove(string id) => File.Delete(Directory.GetFiles(Folder, $"{id}.{StubVersion}.nupkg").Single());

    private static string Manifest(string id, string version) =>
        $"""
        <?xml version="1.0" encoding="utf-8"?>
        <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
          <metadata>
            <id>{id}</id>
            <version>{version}</version>
            <authors>tests</authors>
            <description>Stands in for the official package.</description>
            <frameworkReferences>
              <group targetFramework="net10.0"><frameworkReference name="Microsoft.AspNetCore.App" /></group>
            </frameworkReferences>
            <dependencies><group targetFramework="net10.0" /></dependencies>
          </metadata>
        </package>
        """;
}

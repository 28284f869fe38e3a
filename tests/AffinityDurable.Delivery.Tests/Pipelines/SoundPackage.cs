using System.IO.Compression;

namespace AffinityDurable.Delivery.Tests.Pipelines;

/// <summary>What a package of the function app holds, as far as it is looked at.</summary>
internal static class SoundPackage
{
    public static readonly IReadOnlyDictionary<string, string> Files = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["host.json"] = Repository.Text("host.json"),
        ["worker.config.json"] = """{"description":{"language":"dotnet-isolated","defaultWorkerPath":"AffinityDurable.FunctionApp.dll"}}""",
        ["AffinityDurable.FunctionApp.dll"] = "MZ",
        ["functions.metadata"] = """
            [{"name":"SyncOrchestrator","bindings":[{"type":"orchestrationTrigger"}]},{"name":"ApplyBatch","bindings":[{"type":"activityTrigger"}]},
             {"name":"NightlyTimer","bindings":[{"type":"timerTrigger"}]},{"name":"GetHealth","bindings":[{"type":"httpTrigger"},{"type":"http"}]}]
            """,
        ["extensions.json"] = """{"extensions":[{"name":"DurableTask","typeName":"Microsoft.Azure.WebJobs.Extensions.DurableTask.DurableTaskWebJobsStartup"}]}""",
        [".azurefunctions/Microsoft.Azure.WebJobs.Extensions.DurableTask.dll"] = "MZ",
    };

    /// <summary>As the pipeline has it: an archive.</summary>
    public static async Task<string> AppAsync(Folder folder)
    {
        foreach (var (name, content) in Files)
        {
            folder.Write($"sound/{name}", content);
        }

        File.Delete(folder.At("app.zip"));
        await ZipFile.CreateFromDirectoryAsync(folder.At("sound"), folder.At("app.zip"));
        return folder.At("app.zip");
    }
}

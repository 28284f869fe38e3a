using System.Text.Json.Nodes;

namespace AffinityDurable.Delivery.Tests.Pipelines;

/// <summary>The tasks that the pipeline may use, with the inputs they have; an input is listed under the name that we give it.</summary>
internal static class Tasks
{
    private static readonly Dictionary<string, Inputs> Known = new(StringComparer.Ordinal)
    {
        ["AzureCLI@2"] = new(
            ["azureSubscription", "scriptType", "scriptLocation", "scriptPath"],
            ["arguments", "addSpnToEnvironment", "useGlobalConfig", "workingDirectory", "failOnStandardError", "visibleAzLogin", "allowNoSubscriptions", "keepAzSessionActive"]),
        ["Cache@2"] = new(["key", "path"], ["restoreKeys", "cacheHitVar"]),
        ["DownloadPipelineArtifact@2"] = new(
            ["buildType", "artifact", "path"],
            ["project", "definition", "buildVersionToDownload", "branchName", "tags", "allowFailedBuilds", "allowPartiallySucceededBuilds", "patterns"]),
        ["PublishCodeCoverageResults@2"] = new(["summaryFileLocation"], ["pathToSources", "failIfCoverageEmpty"]),
        ["PublishPipelineArtifact@1"] = new(["targetPath", "artifact"], []),
        ["PublishTestResults@2"] = new(["testResultsFormat", "testResultsFiles"], ["searchFolder", "mergeTestResults", "testRunTitle", "failTaskOnFailedTests", "failTaskOnMissingResultsFile"]),
        ["UseDotNet@2"] = new(["packageType"], ["useGlobalJson", "version", "workingDirectory", "installationPath"]),
    };

    /// <summary>What is wrong with a step that is a task; nothing for other steps.</summary>
    public static IEnumerable<string> Problems(JsonObject step)
    {
        if ((string?)step["task"] is not { } task)
        {
            return [];
        }

        if (!Known.TryGetValue(task, out var inputs))
        {
            return [$"{task} is not on the list of tasks"];
        }

        var given = step["inputs"]?.AsObject().Select(input => input.Key).ToList() ?? [];
        return
        [
            .. inputs.Required.Except(given).Select(missing => $"{task} needs '{missing}'"),
            .. given.Except([.. inputs.Required, .. inputs.Optional]).Select(unknown => $"{task} has no input '{unknown}'"),
        ];
    }

    private sealed record Inputs(string[] Required, string[] Optional);
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Restores the probe project once and keeps whether that went well. Compiled by MSBuild when it is needed, for
/// .NET Standard 2.0; a plain target has no lock and cannot replace a file in one step.
/// </summary>
public class AskForAzurePackages : Task
{
    // NU1101: no source has the package. NU1102: none has that version. Anything else says nothing about the packages.
    private static readonly HashSet<string> Missing = new HashSet<string> { "NU1101", "NU1102" };
    private static readonly Regex ErrorLine = new Regex(@"\berror (?<code>[A-Z]+\d+)\s*: (?<text>.*?)( \[[^\[\]]+\])?$");
    private static readonly TimeSpan LongestProbe = TimeSpan.FromMinutes(15);

    [Required]
    public string AnswerFile { get; set; }

    [Required]
    public string Key { get; set; }

    [Required]
    public string ProbeProject { get; set; }

    public string[] ProbeProperties { get; set; } = Array.Empty<string>();

    public string DotnetHost { get; set; } = "dotnet";

    public bool Interactive { get; set; }

    public override bool Execute()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(AnswerFile));
        using (WaitForTurn())
        {
            return AnotherRestoreAnswered() || Probe();
        }
    }

    private FileStream WaitForTurn()
    {
        return Patiently(() => new FileStream(AnswerFile + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
    }

    // Another restore holds the lock, or, on Windows, a build is just reading the answer.
    private T Patiently<T>(Func<T> attempt)
    {
        DateTime giveUp = DateTime.UtcNow + LongestProbe;
        bool said = false;
        while (true)
        {
            try
            {
                return attempt();
            }
            catch (IOException busy) when (DateTime.UtcNow < giveUp)
            {
                Log.LogMessage(said ? MessageImportance.Low : MessageImportance.High, "Waiting for another restore: {0}", busy.Message);
                said = true;
                Thread.Sleep(100);
            }
        }
    }

    private bool AnotherRestoreAnswered()
    {
        return File.Exists(AnswerFile) && File.ReadAllText(AnswerFile).Contains(">" + Key + "<");
    }

    private bool Probe()
    {
        List<string> output = new List<string>();
        if (RestoreProbe(output) == 0)
        {
            Keep("true");
            return true;
        }

        List<Match> errors = output.Select(line => ErrorLine.Match(line)).Where(match => match.Success).ToList();
        if (errors.Count > 0 && errors.All(error => Missing.Contains(error.Groups["code"].Value)))
        {
            Keep("false");
            return true;
        }

        Report(errors, output);
        return false;
    }

    private int RestoreProbe(List<string> output)
    {
        string properties = string.Concat(ProbeProperties.Select(Argument));
        ProcessStartInfo start = new ProcessStartInfo(DotnetHost)
        {
            // Forced and past the HTTP cache, because an earlier answer of the feed may have been another one.
            Arguments = "restore \"" + ProbeProject + "\" --force --no-http-cache -p:RestoreIgnoreFailedSources=false"
                + " -v:quiet -clp:NoSummary -tl:off -nodeReuse:false" + (Interactive ? " --interactive" : "") + properties,
            WorkingDirectory = Path.GetDirectoryName(ProbeProject),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // A device login asks the user to act while the probe runs.
        MessageImportance importance = Interactive ? MessageImportance.High : MessageImportance.Low;
        DataReceivedEventHandler collect = (_, line) =>
        {
            lock (output)
            {
                output.Add(line.Data ?? "");
                Log.LogMessage(importance, "{0}", line.Data);
            }
        };
        using (Process process = new Process { StartInfo = start })
        {
            process.OutputDataReceived += collect;
            process.ErrorDataReceived += collect;
            process.Start();
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            process.WaitForExit();
            return process.ExitCode;
        }
    }

    // A bare semicolon would start the next property, a backslash before the quote would keep it from closing.
    private static string Argument(string property)
    {
        return " \"-p:" + property.Replace(";", "%3B") + (property.EndsWith("\\", StringComparison.Ordinal) ? "\\" : "") + "\"";
    }

    private void Keep(string answer)
    {
        string written = AnswerFile + ".new";
        File.WriteAllText(written, string.Join(Environment.NewLine, new[]
        {
            "<Project>",
            "  <!-- What the package feed said; asked again when the pinned versions or the package sources change. -->",
            "  <PropertyGroup>",
            "    <AzurePackages>" + answer + "</AzurePackages>",
            "    <AzurePackagesKey>" + Key + "</AzurePackagesKey>",
            "  </PropertyGroup>",
            "</Project>",
            "",
        }));
        Patiently(() => PutInPlace(written));
        Log.LogMessage(
            MessageImportance.High,
            answer == "true"
                ? "The package feed carries the Azure Functions packages: AzurePackages=true."
                : "The package feed does not carry the Azure Functions packages: AzurePackages=false, eng/AzureSurface stands in.");
    }

    // In one step: whoever reads the answer meanwhile sees the old one or the new one, never half of one.
    private bool PutInPlace(string written)
    {
        if (File.Exists(AnswerFile))
        {
            File.Replace(written, AnswerFile, null);
        }
        else
        {
            File.Move(written, AnswerFile);
        }

        return true;
    }

    private void Report(List<Match> errors, List<string> output)
    {
        Log.LogError(
            "The package feed could not say whether it carries the Azure Functions packages. Nothing was stored: "
            + "cure the cause below, or say it with -p:AzurePackages=true or -p:AzurePackages=false.");
        foreach (Match error in errors.GroupBy(error => error.Value).Select(same => same.First()))
        {
            Log.LogError(null, error.Groups["code"].Value, null, ProbeProject, 0, 0, 0, 0, "{0}", error.Groups["text"].Value);
        }

        if (errors.Count == 0)
        {
            Log.LogError("{0}", string.Join(Environment.NewLine, output));
        }
    }
}

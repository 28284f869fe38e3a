using System.Collections.Concurrent;
using System.Net;
using AffinityDurable.Functions.Tests.Access;
using AffinityDurable.Functions.Tests.Crash;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Simulator;

namespace AffinityDurable.Functions.Tests.Api;

/// <summary>
/// A host in a process of its own, for which every place that it could take as its own (home, temporary files, current directory, the
/// state directory and those above it) lies below one folder of which nobody else knows.
/// </summary>
internal sealed class FuzzedProcess : IAsyncDisposable
{
    private const int AtOnce = 8;

    private readonly string root = Directory.CreateTempSubdirectory("affinity-fuzzed-").FullName;
    private readonly Dictionary<string, string> before;
    private SimulatorServer affinity = null!;
    private HostProcess process = null!;

    private FuzzedProcess()
    {
        // As deep as the requests climb.
        StateDirectory = Directory.CreateDirectory(Path.Combine(root, "1", "2", "3", "state")).FullName;
        var syncs = Directory.CreateDirectory(Path.Combine(StateDirectory, "syncs")).FullName;
        DefinePushed(syncs);
        foreach (var place in new[] { "home", "temp", "work" })
        {
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(root, place)).FullName, "canary"), place);
        }

        before = Files();
    }

    public string Marker { get; } = $"fuzz{Guid.NewGuid():N}";

    public string StateDirectory { get; }

    /// <summary>A sync that takes rows and starts no run for them.</summary>
    public static void DefinePushed(string syncs) => File.WriteAllText(
        Path.Combine(syncs, "pushed.yaml"),
        """
        sync: pushed
        list: 77
        source: { type: push, columns: [website, arr], start: scheduled }
        match: [ { domain: website } ]
        fields: { ARR: arr }
        approval: never
        verify: none
        """);

    public static async Task<FuzzedProcess> StartAsync(params (string Key, string Value)[] settings)
    {
        var fuzzed = new FuzzedProcess();
        fuzzed.affinity = await SimulatorServer.StartAsync(new SimulatorOptions { CallsPerMinute = 1_000_000 }, new PortfolioWorld(5).Tenant);
        var all = ApiApp.Settings.ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value!, StringComparer.Ordinal);
        (string Key, string Value)[] places =
        [
            ("HOME", fuzzed.Place("home")), ("TMPDIR", fuzzed.Place("temp")), ("TMP", fuzzed.Place("temp")), ("XDG_DATA_HOME", fuzzed.Place("home")), ("DOTNET_EnableDiagnostics", "0"),
        ];
        foreach (var (key, value) in places.Concat(settings))
        {
            all[key] = value;
        }

        fuzzed.process = HostProcess.Serve(fuzzed.StateDirectory, fuzzed.affinity.BaseAddress, fuzzed.affinity.ApiKey, all, fuzzed.Place("work"));
        return fuzzed;
    }

    /// <summary>Sends so many requests.</summary>
    /// <returns>How often there was which status, and the requests that were answered by a failure.</returns>
    public async Task<(IReadOnlyDictionary<HttpStatusCode, int> Statuses, IReadOnlyCollection<string> Failures)> SendAsync(int count)
    {
        var host = await process.AddressAsync();
        var requests = new FuzzedRequests(Marker);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
        var statuses = new ConcurrentDictionary<HttpStatusCode, int>();
        var failures = new ConcurrentBag<string>();
        await PushAsync(http, host);
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (seed, token) =>
        {
            using var request = requests.Of(seed, host);
            using var answer = await http.SendAsync(request, token);
            statuses.AddOrUpdate(answer.StatusCode, 1, (_, known) => known + 1);
            if ((int)answer.StatusCode >= 500)
            {
                failures.Add($"{seed}: {request.Method} {request.RequestUri}: {answer.StatusCode}");
            }
        });
        return (statuses, failures);
    }

    /// <summary>Something that is taken for sure, under a key that is a path.</summary>
    private async Task PushAsync(HttpClient http, Uri host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host, "/api/syncs/pushed/rows")) { Content = new StringContent("""[{"website":"company-1.com","arr":1}]""") };
        request.Headers.Add(RequestAuthorizer.KeyHeader, ApiApp.OperatorKey);
        request.Headers.Add("Idempotency-Key", $"../../../{Marker}");
        request.Content.Headers.ContentType = new("application/json");
        (await http.SendAsync(request)).EnsureSuccessStatusCode();
    }

    /// <summary>Names of what lies in the state directory.</summary>
    public HashSet<string> InStateDirectory() => [.. Directory.EnumerateFileSystemEntries(StateDirectory).Select(entry => Path.GetFileName(entry)!)];

    /// <summary>Files that came, went or were written anew and are not the host's own, and whatever on this machine has the marker in its name.</summary>
    public IReadOnlyList<string> Touched()
    {
        var now = Files();
        var own = now.Keys.Union(before.Keys).Where(file => now.GetValueOrDefault(file) != before.GetValueOrDefault(file));
        return [.. own.Concat(Marked()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        await affinity.DisposeAsync();
        Directory.Delete(root, recursive: true);
    }

    private string Place(string name) => Path.Combine(root, name);

    /// <summary>All below the root with its content, except what the host keeps in the state directory; the definitions there are not its own to write.</summary>
    private Dictionary<string, string> Files()
    {
        var syncs = Path.Combine(StateDirectory, "syncs");
        return Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Where(file => !file.StartsWith(StateDirectory + "/", StringComparison.Ordinal) || file.StartsWith(syncs + "/", StringComparison.Ordinal))
            .Concat(Directory.EnumerateDirectories(root, "*", SearchOption.AllDirectories).Where(directory => !directory.StartsWith(StateDirectory + "/", StringComparison.Ordinal)))
            .ToDictionary(entry => entry, entry => File.Exists(entry) ? File.ReadAllText(entry) : "", StringComparer.Ordinal);
    }

    /// <summary>In the state directory however deep, and near where absolute paths of the requests lead: other programs work there too.</summary>
    private IEnumerable<string> Marked()
    {
        var near = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };
        string[] shared = ["/tmp", "/etc", "/var/tmp", Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ApprovedDocument.Repository(), AppContext.BaseDirectory];
        return Directory.EnumerateFileSystemEntries(StateDirectory, $"*{Marker}*", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFileSystemEntries("/", $"*{Marker}*"))
            .Concat(shared.Where(Directory.Exists).SelectMany(place => Directory.EnumerateFileSystemEntries(place, $"*{Marker}*", near)));
    }
}

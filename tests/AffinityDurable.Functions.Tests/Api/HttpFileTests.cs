using System.Text.RegularExpressions;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Tests.Access;
using AffinityDurable.Functions.Tests.World;

namespace AffinityDurable.Functions.Tests.Api;

/// <summary>docs/api.http does what it says.</summary>
public sealed partial class HttpFileTests
{
    private const string Sync = "portfolio-metrics";

    private static readonly string Path = System.IO.Path.Combine(ApprovedDocument.Repository(), "docs", "api.http");

    [Fact]
    public async Task Every_request_of_the_file_is_answered_as_its_title_says()
    {
        await using var app = await ApiApp.StartAsync(("Access:TrustLoopback", "true"));
        app.Define("approval: always", sync: Sync);
        app.Export(Enumerable.Range(1, 30).Select(n => $"company-{n}.com,{n},Seed,note {n},2026-01-02"), sync: Sync);
        using var http = app.Caller();
        var file = HttpFile.Read(Path);
        file.Set("host", app.Host.Url!.GetLeftPart(UriPartial.Authority));
        file.Set("key", ApiApp.OperatorKey);

        foreach (var request in file.Requests)
        {
            var answer = await file.SendAsync(http, request);
            Assert.True(request.Status == (int)answer.StatusCode, $"{request.Title}, and was {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            if (answer.Headers.Location is { } location)
            {
                await SettleAsync(app, Uri.UnescapeDataString(location.ToString().Split('/')[^1]), isAnswered: Answer().IsMatch(request.Url));
            }

            app.Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void The_file_has_every_route()
    {
        var file = HttpFile.Read(Path);

        Assert.All(new ApprovedDocument().Operations, operation =>
        {
            var route = new Regex($"^{{{{host}}}}/api{Parameter().Replace(operation.Path, "[^/]+")}(\\?.*)?$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
            Assert.Contains(file.Requests, request => string.Equals(request.Verb, operation.Verb, StringComparison.OrdinalIgnoreCase) && route.IsMatch(request.Url));
        });
    }

    /// <summary>Until the run has ended, or waits for an answer that it has not got.</summary>
    private static async Task SettleAsync(TestApp app, string runId, bool isAnswered)
    {
        var limit = DateTime.UtcNow.AddSeconds(60);
        while (true)
        {
            var instance = await app.Client.GetInstanceAsync(runId, getInputsAndOutputs: true);
            var phase = instance?.SerializedCustomStatus is null ? null : instance.ReadCustomStatusAs<RunStatus>()?.Phase;
            if (instance?.IsCompleted == true || (!isAnswered && phase == RunPhase.WaitingForApproval))
            {
                return;
            }

            Assert.True(DateTime.UtcNow < limit, $"Run {runId} is {instance?.RuntimeStatus}: {phase}.");
            await Task.Delay(10);
        }
    }

    [GeneratedRegex("/(approve|decline|cancel)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Answer();

    [GeneratedRegex(@"\\?\{[^}]+\}")]
    private static partial Regex Parameter();
}

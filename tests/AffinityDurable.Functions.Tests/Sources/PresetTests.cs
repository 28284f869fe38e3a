using System.Globalization;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Sources.Tests.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AffinityDurable.Functions.Tests.Sources;

/// <summary>The samples of feeds against servers with their access, their pages and a 429 in mid-page: the plan is the one that a person approved.</summary>
public sealed class PresetTests
{
    private const string Secret = "kanariesecret";

    [Fact]
    public async Task Preqin_gives_ownership_by_cursor_after_a_token()
    {
        await using var server = await BusyServerAsync((request, context) => request.Target switch
        {
            "/token" => """{"access_token":"preqin-token","expires_in":3600}""",
            _ when request.Header("Authorization") != "Bearer preqin-token" => Unauthorized(context),
            _ when Query(request, "cursor") == "p2" => """
                {"data":[{"company":{"website":"https://www.company-3.com/about"},"lead_investor":"Third","stake_percent":0.10,"last_round":{"stage":"Seed","closed_on":"2026-02-01"}},
                         {"company":{"website":"nobody.example"},"lead_investor":"Nobody"}],"meta":{"next_cursor":null}}
                """,
            _ => """
                {"data":[{"company":{"website":"company-1.com"},"lead_investor":"First & Partners","stake_percent":12.5,"last_round":{"stage":"Series A","closed_on":"2025-11-30"}},
                         {"company":{"website":"company-2.com"},"lead_investor":null,"stake_percent":7,"last_round":null}],"meta":{"next_cursor":"p2"}}
                """,
        });
        await using var app = await StartAsync("preqin/ownership.yaml", "preqin", server,
            list => (list.Text("Lead investor"), list.Number("Stake"), list.Date("Last round")),
            ("TokenUrl", server.Address + "/token"), ("ClientId", "id"), ("ClientSecret", Secret), ("Scope", "ownership"));

        var (report, plan) = await PlanAsync(app, "preqin-ownership");

        Assert.Equal(
            ["Company 1: Lead investor (empty) → First & Partners", "Company 1: Stake (empty) → 12.5", "Company 1: Stage (empty) → Series A", "Company 1: Last round (empty) → 2025-11-30",
             "Company 2: Stake (empty) → 7",
             "Company 3: Lead investor (empty) → Third", "Company 3: Stake (empty) → 0.1", "Company 3: Stage (empty) → Seed", "Company 3: Last round (empty) → 2026-02-01"],
            plan);
        Assert.Equal(["/token", "/api/v2/ownership?updatedSince=1970-01-01T00%3A00%3A00Z&include=lastRound&limit=500"], server.Asked.Take(2));
        Assert.Equal(1, report.Records!.Unmatched);
    }

    [Fact]
    public async Task Vestberry_gives_KPIs_by_offset_with_an_API_key()
    {
        string[] records =
        [
            .. from company in Enumerable.Range(1, 3)
               from kpi in (string[])["ARR", "Headcount", "Burn"]
               select $$"""{"company":{"website":"company-{{company}}.com"},"kpi":"{{kpi}}","value":{{(kpi == "ARR" ? company * 1000.25 : company * 10).ToString(CultureInfo.InvariantCulture)}},"period_end":"2026-01-31"}""",
        ];
        await using var server = await BusyServerAsync((request, context) => request.Header("X-Api-Key") != Secret
            ? Unauthorized(context)
            : $"{{\"items\":[{string.Join(',', records.Skip(int.Parse(Query(request, "offset")!, CultureInfo.InvariantCulture)).Take(4))}],\"total\":{records.Length}}}");
        await using var app = await StartAsync("vestberry/kpis.yaml", "vestberry", server, list => list.Number("Headcount"), ("ApiKey", Secret));

        var (report, plan) = await PlanAsync(app, "vestberry-kpis");

        Assert.Equal(
            ["Company 1: ARR (empty) → 1000.25", "Company 1: Headcount (empty) → 10", "Company 1: Valued (empty) → 2026-01-31",
             "Company 2: ARR (empty) → 2000.5", "Company 2: Headcount (empty) → 20", "Company 2: Valued (empty) → 2026-01-31",
             "Company 3: ARR (empty) → 3000.75", "Company 3: Headcount (empty) → 30", "Company 3: Valued (empty) → 2026-01-31"],
            plan);
        Assert.Equal(3, report.Records!.Read);
    }

    [Fact]
    public async Task A_ranking_is_asked_about_each_company_and_not_twice_a_day()
    {
        await using var server = await BusyServerAsync((request, context) => request.Header("Authorization") != "Bearer " + Secret ? Unauthorized(context)
            : request.Target.Contains("company-4.com", StringComparison.Ordinal) ? Status(context, 404)
            : $"{{\"score\":{request.Target.Split('-')[1][..1]}.5,\"tier\":\"A\",\"model\":{{\"version\":7}}}}");
        await using var app = await StartAsync("ranking/ranking.yaml", "ranking", server, list => (list.Number("Score"), list.Text("Tier")), ("Token", Secret));

        var (_, plan) = await PlanAsync(app, "ranking");
        var asked = server.Requests.Count;
        var (_, again) = await PlanAsync(app, "ranking");

        Assert.Equal(
            ["Company 1: Score (empty) → 1.5", "Company 1: Tier (empty) → A", "Company 2: Score (empty) → 2.5", "Company 2: Tier (empty) → A",
             "Company 3: Score (empty) → 3.5", "Company 3: Tier (empty) → A", "Company 5: Score (empty) → 5.5", "Company 5: Tier (empty) → A"],
            plan);
        Assert.Equal(plan, again);
        Assert.Equal((6, 6), (asked, server.Requests.Count));
    }

    private static Task<TestApp> StartAsync(string sample, string connection, FeedServer server, Func<AffinityList, object> fields, params (string Key, string Value)[] keys) =>
        StartedAsync(sample, fields, new Dictionary<string, string?>(keys.Select(key => KeyValuePair.Create($"Connections:{connection}:{key.Key}", (string?)key.Value)), StringComparer.Ordinal)
        {
            [$"Connections:{connection}:BaseUrl"] = server.Address,
        });

    private static async Task<TestApp> StartedAsync(string sample, Func<AffinityList, object> fields, Dictionary<string, string?> settings)
    {
        var app = await TestApp.StartAsync(companies: 5, settings: settings);
        fields(app.World.List);
        File.Copy(Path.Combine(Root(), "samples", sample), Path.Combine(app.Directory, "syncs", Path.GetFileName(sample)));
        return app;
    }

    /// <summary>The plan as lines, and that nothing of it holds the secret.</summary>
    private static async Task<(RunReport Report, IReadOnlyList<string> Plan)> PlanAsync(TestApp app, string sync)
    {
        var report = await app.RunAsync(RunMode.Plan, sync);
        Assert.Equal(RunOutcome.Succeeded, report.Outcome);
        Assert.DoesNotContain(app.Log.Lines, line => line.Text.Contains(Secret, StringComparison.Ordinal));
        var lines = await new PlanDiff(app.Store).ReadAsync(report.RunId, DiffFilter.All, CancellationToken.None).ToListAsync();
        return (report, [.. lines.OrderBy(line => line.EntryId).Select(line => $"{line.Name}: {line.Field} {line.Before ?? "(empty)"} → {line.After}")]);
    }

    /// <summary>Refuses the second request that it sees once, as a busy feed does in the middle of its pages.</summary>
    private static Task<FeedServer> BusyServerAsync(Func<FeedRequestSeen, HttpContext, string> answer)
    {
        var seen = 0;
        return FeedServer.StartAsync((context, request) =>
        {
            if (request.Target != "/token" && Interlocked.Increment(ref seen) == 2)
            {
                context.Response.Headers.RetryAfter = "1";
                return FeedServer.JsonAsync(context, "{}", 429);
            }

            var json = answer(request, context);
            return FeedServer.JsonAsync(context, json, context.Response.StatusCode);
        });
    }

    private static string Unauthorized(HttpContext context) => Status(context, 401);

    private static string Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return "{}";
    }

    private static string? Query(FeedRequestSeen request, string name) =>
        QueryHelpers.ParseQuery(request.Target[(request.Target.IndexOf('?', StringComparison.Ordinal) + 1)..]).TryGetValue(name, out var value) ? value.ToString() : null;

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AffinityDurable.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}

using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using Xunit.Abstractions;

namespace AffinityDurable.Simulator.Tests;

/// <summary>Figures, not promises: client and server share the process and its cores.</summary>
public sealed class ThroughputTests(ITestOutputHelper output)
{
    private static readonly SimulatorOptions Unlimited = new() { CallsPerMinute = int.MaxValue };

    [MeasuredFact]
    public async Task Patches_of_eight_fields_a_second()
    {
        var tenant = TenantGenerator.Generate(new GeneratorSettings { Companies = 10_000, Fields = 10 });
        await using var server = await SimulatorServer.StartAsync(Unlimited, tenant);
        using var client = ClientOf(server);
        var list = tenant.Lists[0];
        var body = Encoding.UTF8.GetBytes(Body(list));
        await PatchAllAsync(client, list, list.Entries.Take(2_000), body);
        var watch = Stopwatch.StartNew();
        for (var round = 0; round < 5; round++)
        {
            await PatchAllAsync(client, list, list.Entries, body);
        }

        Assert.Equal(52_000, server.Counters.AcceptedPatches);
        output.WriteLine($"{50_000 / watch.Elapsed.TotalSeconds:N0} PATCHes of eight fields a second");
    }

    [MeasuredFact]
    public async Task A_page_of_a_hundred_entries_with_ten_fields()
    {
        var tenant = TenantGenerator.Generate(new GeneratorSettings { Companies = 10_000, Fields = 10 });
        await using var server = await SimulatorServer.StartAsync(Unlimited, tenant);
        using var client = ClientOf(server);
        var path = $"v2/lists/{tenant.Lists[0].Id}/list-entries?fieldTypes=list";
        var page = await client.GetByteArrayAsync(path);
        await RepeatAsync(200, () => client.GetByteArrayAsync(path));
        var watch = Stopwatch.StartNew();
        await RepeatAsync(1_000, () => client.GetByteArrayAsync(path));
        output.WriteLine($"{watch.Elapsed.TotalMilliseconds / 1_000:N3} ms a page of {page.Length:N0} bytes");
    }

    [MeasuredFact]
    public void A_hundred_thousand_entries_with_thirty_fields()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        var tenant = TenantGenerator.Generate(new GeneratorSettings { Companies = 100_000, Fields = 30 });
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        output.WriteLine($"{held / 1_000_000:N0} MB held after {watch.Elapsed.TotalSeconds:N1} s, peak {Environment.WorkingSet / 1_000_000:N0} MB");
        Assert.Equal(100_000, tenant.Lists[0].EntryCount);
    }

    private static HttpClient ClientOf(SimulatorServer server)
    {
        var client = new HttpClient { BaseAddress = server.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.ApiKey);
        return client;
    }

    private static string Body(AffinityList list)
    {
        string[] data = ["12.5", "\"pilot 7\"", "\"2026-04-01T12:00:00Z\"", Option(list, 3), "99", Option(list, 5), Berlin, $"[{Option(list, 7)}]"];
        var fields = list.Entries[0].List.OwnFields.Fields;
        return $$"""{"operation":"update-fields","updates":[{{string.Join(",", data.Select((each, index) => fields[index].To(each)))}}]}""";
    }

    private static string Option(AffinityList list, int field) =>
        $$"""{"dropdownOptionId":{{list.OwnFields.Fields[field].Options[0].Id}}}""";

    private static string Berlin => """{"streetAddress":null,"city":"Berlin","state":null,"country":"Germany","continent":"Europe"}""";

    private static Task PatchAllAsync(HttpClient client, AffinityList list, IEnumerable<ListEntry> entries, byte[] body) =>
        Parallel.ForEachAsync(entries, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (entry, cancelled) =>
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await client.PatchAsync($"v2/lists/{list.Id}/list-entries/{entry.Id}/fields", content, cancelled);
            response.EnsureSuccessStatusCode();
        });

    private static async Task RepeatAsync(int times, Func<Task> act)
    {
        for (var time = 0; time < times; time++)
        {
            await act();
        }
    }
}

using System.Net;
using System.Text;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests.Searching;

public sealed class SavedViewTests
{
    private const string Views = "v2/lists/101/saved-views";

    [Fact]
    [Proves("LIST-15", "VIEW-1")]
    public async Task Saved_views_have_the_documented_shape()
    {
        var account = new Account();
        account.List.AddSavedView("Everything", filters: null);
        account.List.AddSavedView(new SavedView(0, "Pipeline") { Type = SavedViewType.Board, CreatedAt = DateTimeOffset.UnixEpoch });
        await using var sim = await Sim.StartAsync(account: account);
        var views = (await sim.GetAsync(Views)).Data;
        Assert.Equal("""{"id":7001,"name":"Everything","type":"sheet","createdAt":"2026-01-05T10:00:00Z"}""", views[0]!.ToJsonString());
        Assert.Equal("""{"id":7002,"name":"Pipeline","type":"board","createdAt":"1970-01-01T00:00:00Z"}""", views[1]!.ToJsonString());
        Assert.Equal(views[1]!.ToJsonString(), (await sim.GetAsync($"{Views}/7002")).Body);
    }

    [Theory]
    [InlineData(SavedViewType.Sheet, "sheet", HttpStatusCode.OK)]
    [InlineData(SavedViewType.Board, "board", HttpStatusCode.BadRequest)]
    [InlineData(SavedViewType.Dashboard, "dashboard", HttpStatusCode.BadRequest)]
    [InlineData(SavedViewType.Chart, "chart", HttpStatusCode.BadRequest)]
    [Proves("VIEW-2", "VIEW-3", "VIEW-7", "VIEW-8")]
    public async Task Only_sheets_serve_entries_and_a_view_may_lack_its_date(SavedViewType type, string name, HttpStatusCode status)
    {
        var account = new Account();
        account.List.AddSavedView(new SavedView(5, "View") { Type = type });
        await using var sim = await Sim.StartAsync(account: account);
        Assert.Equal($$"""{"id":5,"name":"View","type":"{{name}}","createdAt":null}""", (await sim.GetAsync($"{Views}/5")).Body);
        Assert.Equal(status, (await sim.GetAsync($"{Views}/5/list-entries")).Status);
    }

    [Fact]
    [Proves("VIEW-4", "VIEW-5", "VIEW-6")]
    public async Task Entries_of_a_view_are_filtered_and_show_its_columns_without_being_asked_in_id_order()
    {
        var account = new Account();
        account.Entry.Set(account.Arr, 30).Set(account.Stage, "Seed");
        account.Other.Set(account.Arr, 5);
        var third = account.List.AddEntry(account.Tenant.AddCompany("Cedar")).Set(account.Arr, 20);
        account.Acme.Set(account.Sector, "Bio");
        account.List.AddSavedView("Large", Searches.Group("and", account.Arr.Filter("is-greater-than", "10")), account.Sector, account.Arr);
        account.List.AddSavedView("Bare", filters: null);
        await using var sim = await Sim.StartAsync(account: account);
        var entries = await sim.GetAsync($"{Views}/7001/list-entries");
        Assert.Equal([account.Entry.Id, third.Id], entries.Ids());
        Assert.Equal(
            (await sim.GetAsync($"v2/lists/101/list-entries?fieldIds={account.Arr.Id}&fieldIds={account.Sector.Id}")).Data[0]!.ToJsonString(),
            entries.Data[0]!.ToJsonString());
        var bare = (await sim.GetAsync($"{Views}/7002/list-entries?fieldTypes=list")).Data;
        Assert.Equal(3, bare.Count);
        Assert.Empty(bare[0]!["entity"]!["fields"]!.AsArray());
    }

    [Fact]
    public async Task A_changed_value_moves_its_row_into_the_view_and_out_of_it()
    {
        var account = new Account();
        account.List.AddSavedView("With ARR", Searches.Group("and", account.Arr.Filter("is-not-empty")), account.Arr);
        await using var sim = await Sim.StartAsync(account: account);
        Assert.Empty((await sim.GetAsync($"{Views}/7001/list-entries")).Data);
        await sim.PatchAsync(account.Arr.To("7"));
        Assert.Equal(["Acme"], (await sim.GetAsync($"{Views}/7001/list-entries")).Names());
    }

    [Fact]
    [Proves("PAGE-13", "PAGE-14")]
    public async Task Views_and_their_entries_are_paged_by_a_hundred_or_less()
    {
        var account = new Account();
        for (var number = 0; number < 110; number++)
        {
            account.List.AddSavedView($"View {number}", Searches.Group("and", account.Arr.Filter("is-not-empty")), account.Arr);
            account.List.AddEntry(account.Tenant.AddCompany($"Company {number}")).Set(account.Arr, number);
        }

        await using var sim = await Sim.StartAsync(account: account);
        foreach (var path in (string[])[Views, $"{Views}/7001/list-entries"])
        {
            var first = await sim.GetAsync(path);
            var second = await sim.GetAsync((string)first.Json["pagination"]!["nextUrl"]!);
            Assert.Equal((100, 10), (first.Data.Count, second.Data.Count));
            Assert.Equal(first.Ids()[^1] + 1, second.Ids()[0]);
            Assert.Null(second.Json["pagination"]!["nextUrl"]);
            Assert.Single((await sim.GetAsync($"{path}?limit=1")).Data);
            Assert.Equal("limit", (string)(await sim.GetAsync($"{path}?limit=0")).Error["param"]!);
            Assert.Equal("limit", (string)(await sim.GetAsync($"{path}?limit=101")).Error["param"]!);
        }
    }

    [Fact]
    public async Task Rows_that_leave_the_view_between_pages_shift_nothing()
    {
        var account = new Account();
        account.Entry.Set(account.Arr, 1);
        account.Other.Set(account.Arr, 2);
        account.List.AddSavedView("With ARR", Searches.Group("and", account.Arr.Filter("is-not-empty")));
        await using var sim = await Sim.StartAsync(account: account);
        var first = await sim.GetAsync($"{Views}/7001/list-entries?limit=1");
        account.Entry.Set(account.Arr, null);
        Assert.Equal(["Birch"], (await sim.GetAsync((string)first.Json["pagination"]!["nextUrl"]!)).Names());
    }

    [Fact]
    [Proves("PERM-2")]
    public async Task Entries_of_a_view_need_the_permission_to_export_lists_and_the_view_does_not()
    {
        var account = new Account();
        account.List.AddSavedView("All", filters: null);
        account.Tenant.AddApiKey("few", account.Tenant.AddUser("Bob", null, "bob@example.vc"), permissions: Permissions.None);
        await using var sim = await Sim.StartAsync(account: account);
        using var client = sim.ClientFor("few");
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync($"{Views}/7001/list-entries")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"{Views}/7001")).StatusCode);
    }

    [Theory]
    [InlineData($"{Views}/7002", HttpStatusCode.NotFound)]
    [InlineData($"{Views}/7002/list-entries", HttpStatusCode.NotFound)]
    [InlineData($"{Views}/first", HttpStatusCode.BadRequest)]
    [InlineData("v2/lists/102/saved-views/7001", HttpStatusCode.NotFound)]
    [InlineData("v2/lists/103/saved-views", HttpStatusCode.NotFound)]
    public async Task A_view_is_found_on_its_list_only(string path, HttpStatusCode status)
    {
        var account = new Account();
        account.Tenant.AddList("Other");
        account.List.AddSavedView("All", filters: null);
        await using var sim = await Sim.StartAsync(account: account);
        Assert.Equal(status, (await sim.GetAsync(path)).Status);
    }

    [Fact]
    public void A_view_is_refused_when_it_does_not_suit_its_list()
    {
        var account = new Account();
        Assert.Throws<ArgumentException>(() => account.List.AddSavedView("Not a tree", "[]"));
        Assert.Throws<ArgumentException>(() => account.List.AddSavedView("Not JSON", "{"));
        Assert.Throws<ArgumentException>(() => account.List.AddSavedView("Wrong type", Searches.Group("and", account.Arr.Filter("text", "is-empty", null))));
        Assert.Throws<ArgumentException>(() => account.List.AddSavedView(new SavedView(0, "Unknown column") { FieldIds = ["field-1"] }));
        var view = account.List.AddSavedView("Fine", filters: null);
        Assert.Throws<ArgumentException>(() => account.List.AddSavedView(view));
    }

    [Fact]
    public async Task Saved_views_survive_a_seed_file()
    {
        var account = new Account();
        account.List.AddSavedView("Large", Searches.Group("or", account.Arr.Filter("is-greater-than", "10")), account.Arr, account.Sector);
        account.List.AddSavedView(new SavedView(9000, "Chart") { Type = SavedViewType.Chart });
        using var file = new MemoryStream();
        await SeedFile.SaveAsync(account.Tenant, file);
        file.Position = 0;
        var list = (await SeedFile.LoadAsync(file)).Lists.Single();
        Assert.Equal(["Large", "Chart"], list.SavedViews.Select(view => view.Name));
        Assert.Equal([account.Arr.Id, account.Sector.Id], list.SavedViews[0].FieldIds);
        Assert.Equal((SavedViewType.Sheet, account.List.CreatedAt), (list.SavedViews[0].Type, list.SavedViews[0].CreatedAt));
        Assert.Equal((SavedViewType.Chart, null), (list.SavedViews[1].Type, list.SavedViews[1].CreatedAt));
        Assert.Equal(9001, list.AddSavedView("Next", filters: null).Id);
        using var again = new MemoryStream();
        await SeedFile.SaveAsync(account.Tenant, again);
        Assert.Equal(Encoding.UTF8.GetString(file.ToArray()), Encoding.UTF8.GetString(again.ToArray()));
    }

    [Fact]
    public async Task A_generated_list_has_a_view_of_its_first_columns()
    {
        var tenant = TenantGenerator.Generate(new GeneratorSettings { Companies = 50, Fields = 8, FilledPercent = 50 });
        var view = tenant.Lists[0].SavedViews.Single();
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions(), tenant);
        using var client = new HttpClient { BaseAddress = server.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new("Bearer", server.ApiKey);
        using var response = await client.GetAsync($"v2/lists/101/saved-views/{view.Id}/list-entries");
        var rows = (await Answer.OfAsync(response)).Data;
        var first = tenant.Lists[0].FindField(view.FieldIds[0])!;
        Assert.Equal(tenant.Lists[0].Entries.Count(entry => entry.Get(first) is not null), rows.Count);
        Assert.InRange(rows.Count, 1, 49);
        Assert.Equal(5, rows[0]!["entity"]!["fields"]!.AsArray().Count);
    }
}

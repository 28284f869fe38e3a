using System.Net;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests.Searching;

/// <summary>Searches of all companies and all persons.</summary>
public sealed class EntitySearchTests
{
    [Fact]
    [Proves("ENT-20", "ENT-34")]
    public async Task Companies_are_searched_as_a_whole()
    {
        var account = new Account();
        account.Acme.Set(account.Employees, 50);
        account.Tenant.AddCompany("Aspen", "aspen.example").Set(account.Employees, 70);
        await using var sim = await Sim.StartAsync(account: account);
        const string Path = "v2/companies/search";
        var answer = await sim.SendAsync(HttpMethod.Post, $"{Path}?totalCount=true");
        Assert.Equal((HttpStatusCode.Created, 3), (answer.Status, (int)answer.Json["pagination"]!["totalCount"]!));
        Assert.Equal(
            """{"id":500001,"name":"Acme","domain":"acme.com","domains":["acme.com","acme.io"],"isGlobal":true,"fields":[]}""",
            answer.Data[0]!.ToJsonString());
        Assert.Equal(["Acme"], (await sim.SendAsync(HttpMethod.Post, Path, """{"search":{"term":"ACME.com"}}""")).Names());
        Assert.Empty((await sim.SendAsync(HttpMethod.Post, Path, """{"search":{"term":"acme.io"}}""")).Data);
        var sorted = await sim.SendAsync(
            HttpMethod.Post, $"{Path}?fieldTypes=enriched",
            $$$"""{"filters":{{{Searches.Group("and", account.Employees.Filter("is-greater-than", "1"))}}},{{{Searches.Sort((account.Employees, "desc"))[1..]}}}""");
        Assert.Equal(["Aspen", "Acme"], sorted.Names());
        Assert.Equal(70, (int)sorted.Data[0]!["fields"]![0]!["value"]!["data"]!);
    }

    [Fact]
    [Proves("ENT-29", "SEARCH-9")]
    public async Task Persons_are_searched_by_names_and_primary_address()
    {
        var account = new Account();
        var title = account.Tenant.AddPersonField("Title", FieldValueType.Text);
        account.Tenant.AddPerson("Grace", "Hopper", "grace@navy.example", "hopper@home.example").Set(title, "Admiral");
        account.Tenant.AddPerson("Alan", null, "alan@bletchley.example");
        await using var sim = await Sim.StartAsync(account: account);
        async Task<string[]> FindAsync(string body)
        {
            var answer = await sim.SendAsync(HttpMethod.Post, "v2/persons/search", body);
            Assert.Equal(HttpStatusCode.Created, answer.Status);
            return [.. answer.Data.Select(person => (string)person!["firstName"]!)];
        }

        Assert.Equal(["Grace"], await FindAsync("""{"search":{"term":"hopp"}}"""));
        Assert.Equal(["Grace"], await FindAsync("""{"search":{"term":"grace hop"}}"""));
        Assert.Equal(["Grace"], await FindAsync("""{"search":{"term":"NAVY"}}"""));
        Assert.Empty(await FindAsync("""{"search":{"term":"home.example"}}"""));
        Assert.Equal(["Alan"], await FindAsync("""{"search":{"term":"alan@"}}"""));
        Assert.Equal(["Grace"], await FindAsync(Searches.All(title.Filter("contains", "\"adm\""))));
    }

    [Theory]
    [InlineData("v2/companies/search")]
    [InlineData("v2/persons/search")]
    public async Task Companies_and_persons_have_no_list_fields(string path)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.SendAsync(HttpMethod.Post, $"{path}?fieldTypes=list", "{}");
        Assert.Equal((HttpStatusCode.BadRequest, "fieldTypes"), (answer.Status, (string)answer.Error["param"]!));
        var filtered = await sim.SendAsync(HttpMethod.Post, path, Searches.All(sim.Account.Arr.Filter("is-empty")));
        Assert.Equal((HttpStatusCode.BadRequest, "/filters/filters/0/fieldId"), (filtered.Status, (string)filtered.Error["param"]!));
    }
}

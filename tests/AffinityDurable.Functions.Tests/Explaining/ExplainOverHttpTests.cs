using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AffinityDurable.Functions.Tests.World;

namespace AffinityDurable.Functions.Tests.Explaining;

/// <summary>Explanations over HTTP.</summary>
public sealed class ExplainOverHttpTests
{
    [Fact]
    public async Task A_field_is_explained_over_http()
    {
        await using var app = await StartAsync();
        await app.RunAsync();
        using var http = new HttpClient { BaseAddress = app.Host.Url };

        var answer = await http.GetFromJsonAsync<JsonElement>("/api/syncs/portfolio/explain?domain=company-2.com&field=ARR");

        Assert.Equal(("fillsBlank", "written", "2"), (answer.GetProperty("rule").GetString(), answer.GetProperty("fate").GetString(), answer.GetProperty("after").GetString()));
    }

    [Theory]
    [InlineData("portfolio/explain?domain=company-2.com", HttpStatusCode.BadRequest)]
    [InlineData("portfolio/explain?field=ARR", HttpStatusCode.BadRequest)]
    [InlineData("portfolio/explain?field=ARR&entry=x", HttpStatusCode.BadRequest)]
    [InlineData("portfolio/explain?field=ARR&entry=1&domain=company-2.com", HttpStatusCode.BadRequest)]
    [InlineData("portfolio/explain?field=ARR&entry=1", HttpStatusCode.NotFound)]
    [InlineData("nothing/explain?field=ARR&entry=1", HttpStatusCode.NotFound)]
    public async Task A_question_that_cannot_be_answered_is_refused(string path, HttpStatusCode status)
    {
        await using var app = await StartAsync();
        using var http = new HttpClient { BaseAddress = app.Host.Url };

        var answer = await http.GetAsync($"/api/syncs/{path}");

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Nobody_is_admitted_unless_the_settings_say_so()
    {
        await using var app = await StartAsync(new() { ["Access:TrustLoopback"] = "false" });
        using var http = new HttpClient { BaseAddress = app.Host.Url };

        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/api/syncs/portfolio/explain?field=ARR&entry=1")).StatusCode);
    }

    private static async Task<TestApp> StartAsync(Dictionary<string, string?>? settings = null)
    {
        var app = await TestApp.StartAsync(companies: 3, host: options => options.Listen = new Uri("http://127.0.0.1:0"), settings: settings);
        app.Define();
        app.ExportAll(n => n);
        return app;
    }
}

using System.Net;
using System.Net.Http.Json;
using AffinityDurable.LocalHost.Tests.Functions;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.LocalHost.Tests;

public sealed class HttpTests
{
    private static readonly Guid Id = new("0f8fad5b-d9cb-469f-a165-70867728950e");

    [Theory]
    [InlineData("http://localhost:0")]
    [InlineData("http://127.0.0.1:0")]
    public async Task Route_values_are_bound_by_name_and_results_are_json(string listen)
    {
        await using var host = await StartAsync(listen);
        using var http = Client(host);
        Assert.Equal(new Greeting($"box {Id} 7", 42), await http.GetFromJsonAsync<Greeting>($"things/box/42/{Id}?q=7"));
        Assert.Equal(new Greeting("box  ", 42), await http.GetFromJsonAsync<Greeting>("things/box/42"));
        Assert.Equal("""{"text":"box  ","number":42}""", await http.GetStringAsync("things/box/42"));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("things/box/many")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/things/box/42")).StatusCode);
    }

    [Fact]
    public async Task Only_the_verbs_of_the_trigger_are_served()
    {
        await using var host = await StartAsync();
        using var http = Client(host);
        var answer = await http.PostAsJsonAsync("echo", new Greeting("hi", 1));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(new Greeting("hi", 1), await answer.Content.ReadFromJsonAsync<Greeting>());
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await http.GetAsync("Echo")).StatusCode);
    }

    [Fact]
    public async Task A_function_starts_an_orchestration()
    {
        await using var host = await StartAsync();
        using var http = Client(host);
        var answer = await http.PostAsync("chains/c1", null);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(new Uri(host.Host.Url!, "/api/chains/c1"), answer.Headers.Location);
        Assert.Equal(8, (await host.EndAsync("c1")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task An_unhandled_exception_is_a_500_without_details()
    {
        await using var host = await StartAsync();
        using var http = Client(host);
        var answer = await http.GetAsync("Explode");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync());
        Assert.Equal(1, host.Services.GetRequiredService<Recorder>().Count("exploding"));
    }

    [Fact]
    public async Task A_route_value_of_the_wrong_type_is_a_400_and_no_result_a_204()
    {
        await using var host = await StartAsync();
        using var http = Client(host);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync("numbers/many")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await http.GetAsync("Nothing")).StatusCode);
    }

    [Theory]
    [InlineData("http://127.0.0.1:0", "True")]
    [InlineData("http://0.0.0.0:0", "False")]
    public async Task Functions_learn_whether_only_this_computer_can_call(string listen, string expected)
    {
        await using var host = await StartAsync(listen);
        using var http = new HttpClient();
        Assert.Equal(expected, await http.GetStringAsync(new Uri($"http://127.0.0.1:{host.Host.Url!.Port}/api/WhoMayCall")));
        Assert.Equal(expected, host.Services.GetRequiredService<HostAddress>().IsLoopbackOnly.ToString());
    }

    [Fact]
    public async Task A_request_in_flight_is_cancelled_when_the_host_stops()
    {
        var host = await StartAsync(configure: options => options.StopGrace = TimeSpan.Zero);
        var recorder = host.Services.GetRequiredService<Recorder>();
        using var http = Client(host);
        var hanging = http.GetAsync("Hang");
        await WaitTests.UntilAsync(() => Task.FromResult(recorder.Count("hanging") == 1));
        await host.DisposeAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await hanging).StatusCode);
        Assert.Equal(1, recorder.Count("let go"));
    }

    [Fact]
    public async Task Https_is_left_to_a_reverse_proxy()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => StartAsync("https://localhost:0"));
    }

    private static Task<TestHost> StartAsync(string listen = "http://127.0.0.1:0", Action<LocalHostOptions>? configure = null) =>
        TestHost.StartAsync(configure: options =>
        {
            options.Listen = new Uri(listen);
            configure?.Invoke(options);
        });

    private static HttpClient Client(TestHost host) => new() { BaseAddress = new Uri(host.Host.Url!, "/api/") };
}

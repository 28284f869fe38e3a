using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using AffinityDurable.Core.Errors;
using AffinityDurable.Functions.Tests.Access;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Functions.Triggers.Access;
using AffinityDurable.Functions.Triggers.Monitoring;
using AffinityDurable.Simulator.Faults;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.Functions.Tests.Api;

/// <summary>What probes see of the host.</summary>
public sealed class ReadinessTests
{
    [Theory]
    [InlineData("/api/health")]
    [InlineData("/api/health/ready")]
    public async Task Probes_learn_a_word_and_readers_what_was_looked_at(string path)
    {
        await using var app = await ApiApp.StartAsync();
        using var probe = app.Caller();
        using var wrong = app.Caller((RequestAuthorizer.KeyHeader, "wrong"));
        using var reader = app.Reader();

        var word = await probe.GetAsync(path);
        var details = await reader.GetFromJsonAsync<JsonElement>(path);

        Assert.Equal(HttpStatusCode.OK, word.StatusCode);
        Assert.Equal("{\"status\":\"ready\"}", await word.Content.ReadAsStringAsync());
        Assert.Equal("{\"status\":\"ready\"}", await wrong.GetStringAsync(path));
        Assert.Equal(typeof(HealthView).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion, details.GetProperty("version").GetString());
        Assert.Equal(["runs", "state", "definitions", "affinity"], details.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()));
        Assert.All(details.GetProperty("checks").EnumerateArray(), check => Assert.Equal("ready", check.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_host_is_live_whatever_it_depends_on()
    {
        await using var app = await ApiApp.StartAsync(("Affinity:BaseAddress", "http://127.0.0.1:1/"));
        using var probe = app.Caller();

        Assert.Equal("{\"status\":\"live\"}", await probe.GetStringAsync("/api/health/live"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await probe.GetAsync("/api/health/ready")).StatusCode);
    }

    [Fact]
    public async Task A_refused_key_of_Affinity_makes_the_host_not_ready_and_says_so_by_code()
    {
        await using var app = await ApiApp.StartAsync();
        app.Affinity.Faults.Add(new Fault { Method = "GET", PathContains = "whoami", Times = null, Status = 401 });
        using var reader = app.Reader();

        var answer = await reader.GetAsync("/api/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        var view = await answer.JsonAsync();
        Assert.Equal("notReady", view.GetProperty("status").GetString());
        var failed = Assert.Single(view.GetProperty("checks").EnumerateArray(), check => check.GetProperty("status").GetString() == "notReady");
        Assert.Equal(("affinity", AffinityErrors.Unauthenticated.Id), (failed.GetProperty("name").GetString(), failed.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Probes_do_not_eat_the_calls_of_the_month()
    {
        await using var app = await ApiApp.StartAsync();
        using var probe = app.Caller();
        for (var n = 0; n < 20; n++)
        {
            await Task.WhenAll(probe.GetAsync("/api/health"), probe.GetAsync("/api/health/ready"));
        }

        var calls = app.Affinity.Counters.Total;
        app.Clock.Advance(TimeSpan.FromSeconds(60));
        await probe.GetAsync("/api/health");

        Assert.Equal((1, 2), (calls, app.Affinity.Counters.Total));
    }

    [Fact]
    public async Task What_hangs_is_given_up_and_not_asked_twice_meanwhile()
    {
        var clock = new FakeTimeProvider();
        var asked = 0;
        var check = new ReadinessCheck(
            "store",
            TimeSpan.FromSeconds(2),
            async _ =>
            {
                Interlocked.Increment(ref asked);
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
            },
            clock,
            NullLogger<ReadinessCheck>.Instance);

        var (first, second) = (check.AskAsync(), check.AskAsync());
        while (Volatile.Read(ref asked) == 0)
        {
            await Task.Delay(1);
        }

        clock.Advance(TimeSpan.FromSeconds(5));

        var result = await first;
        Assert.Same(result, await second);
        Assert.Equal(("notReady", 5000, 1), (result.Status, result.Milliseconds, asked));
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_makes_the_host_not_ready()
    {
        await using var app = await ApiApp.StartAsync();
        Directory.CreateDirectory(Path.Combine(app.Directory, "state"));
        await File.WriteAllTextAsync(Path.Combine(app.Directory, "state", "probe"), "a file in the way");
        using var reader = app.Reader();

        var view = await (await reader.GetAsync("/api/health/ready")).JsonAsync();

        var failed = Assert.Single(view.GetProperty("checks").EnumerateArray(), check => check.GetProperty("status").GetString() == "notReady");
        Assert.Equal("state", failed.GetProperty("name").GetString());
    }
}

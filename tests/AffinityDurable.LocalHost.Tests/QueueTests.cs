using AffinityDurable.LocalHost.Tests.Functions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.LocalHost.Tests;

public sealed class QueueTests
{
    [Fact]
    public async Task A_message_goes_to_the_function_of_its_queue_and_is_gone_then()
    {
        await using var host = await StartAsync();
        await host.Host.EnqueueAsync("inbox", "hello");
        await NotedAsync(host, 1);
        Assert.Equal(["TakeText embedded hello"], Recorder(host).Notes);
        await WaitTests.UntilAsync(() => Task.FromResult(host.Host.ReadQueue("inbox").Count == 0));
    }

    [Fact]
    public async Task A_message_of_JSON_is_read_into_a_record()
    {
        await using var host = await StartAsync();
        await host.Host.EnqueueAsync("orders", """{ "item": "apples", "Pieces": 3 }""");
        await NotedAsync(host, 1);
        Assert.Equal(["3 apples False"], Recorder(host).Notes);
    }

    [Fact]
    public async Task A_message_is_tried_again_later_until_it_succeeds()
    {
        await using var host = await StartAsync();
        await host.Host.EnqueueAsync("moody", "m");
        await NotedAsync(host, 3);
        await WaitTests.UntilAsync(() => Task.FromResult(host.Host.ReadQueue("moody").Count == 0));
        Assert.Equal(TestHost.Start.AddSeconds(3), host.Clock!.GetUtcNow());
        Assert.Empty(host.Host.ReadQueue("moody-poison"));
    }

    [Fact]
    public async Task A_function_is_told_which_attempt_it_is_as_the_isolated_worker_tells_it()
    {
        await using var host = await StartAsync();
        await host.Host.EnqueueAsync("moody", "m");
        await NotedAsync(host, 3);

        Assert.Equal(["1", "2", "3"], Recorder(host).Told.Select(data => data["DequeueCount"]));
        Assert.All(Recorder(host).Told, data => Assert.Equal(("m", "1", "1"), (data["QueueTrigger"], data["Id"], Recorder(host).Told.First()["dequeuecount"])));
    }

    [Theory]
    [InlineData("""{ "item": "apples", "pieces": -1 }""", 5)]
    [InlineData("no JSON", 0)]
    public async Task A_message_that_fails_five_times_is_kept_as_poison(string message, int calls)
    {
        await using var host = await StartAsync();
        await host.Host.EnqueueAsync("orders", message);
        await WaitTests.UntilAsync(() => Task.FromResult(host.Host.ReadQueue("orders-poison").Count == 1));
        Assert.Equal([message], host.Host.ReadQueue("orders-poison"));
        Assert.Empty(host.Host.ReadQueue("orders"));
        Assert.Equal(calls, Recorder(host).Notes.Count);
    }

    [Fact]
    public async Task What_waits_when_the_host_stops_comes_at_its_next_start()
    {
        var directory = Path.Combine(Path.GetTempPath(), "affinity-localhost-" + Guid.NewGuid().ToString("N"));
        await using (var closed = await StartAsync(directory, options => options.Assemblies.Clear()))
        {
            await closed.Host.EnqueueAsync("inbox", "kept");
        }

        await using (var host = await StartAsync(directory))
        {
            await NotedAsync(host, 1);
            Assert.EndsWith(" kept", Assert.Single(Recorder(host).Notes), StringComparison.Ordinal);
        }

        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_queue_whose_name_is_a_setting_that_is_missing_only_waits()
    {
        await using var host = await StartAsync(settings: []);
        await host.Host.EnqueueAsync("orders", """{ "item": "pears", "pieces": 1 }""");
        await NotedAsync(host, 1);
    }

    private static Recorder Recorder(TestHost host) => host.Services.GetRequiredService<Recorder>();

    private static Task NotedAsync(TestHost host, int notes) => WaitTests.UntilAsync(() => Task.FromResult(Recorder(host).Notes.Count == notes));

    internal static Task<TestHost> StartAsync(string? directory = null, Action<LocalHostOptions>? configure = null, Dictionary<string, string?>? settings = null) =>
        TestHost.StartAsync(
            jump: true,
            directory: directory,
            configure: options =>
            {
                options.Assemblies.Add(new AssemblyOf(typeof(Messages)));
                configure?.Invoke(options);
            },
            register: services => services.AddSingleton<IConfiguration>(
                new ConfigurationBuilder().AddInMemoryCollection(settings ?? new() { ["Arrivals:Queue"] = "inbox" }).Build()));
}

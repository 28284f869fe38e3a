using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.PackageFeeds.Tests;

/// <summary>A feed that does not answer says nothing about its packages.</summary>
public class UnreachableFeedTests
{
    [Fact]
    public void Feed_that_cannot_be_reached_stops_the_restore_and_stores_nothing()
    {
        using Clone clone = Clone.Miniature().WithSource($"http://127.0.0.1:{ClosedPort()}/index.json");

        string said = clone.Dotnet("restore src/AffinityDurable.Functions").Fails().Text;

        Assert.Contains("error NU1301: Unable to load the service index", said, StringComparison.Ordinal);
        Assert.Contains("-p:AzurePackages=", said, StringComparison.Ordinal);
        Assert.Null(clone.Answer);
    }

    [Fact]
    public void Ignoring_failed_sources_does_not_turn_silence_into_an_answer()
    {
        using Clone clone = Clone.Miniature().WithSource($"http://127.0.0.1:{ClosedPort()}/index.json");

        clone.Dotnet("restore --ignore-failed-sources").Fails();

        Assert.Null(clone.Answer);
    }

    [Fact]
    public async Task Feed_that_refuses_the_caller_stops_the_restore_and_stores_nothing()
    {
        await using WebApplication feed = WebApplication.CreateSlimBuilder().Build();
        feed.Urls.Add("http://127.0.0.1:0");
        feed.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        });
        await feed.StartAsync();
        using Clone clone = Clone.Miniature().WithSource($"{feed.Urls.Single()}/index.json");

        DotnetResult restore = await clone.DotnetAsync("restore");

        Assert.Contains("401", restore.Fails().Text, StringComparison.Ordinal);
        Assert.Null(clone.Answer);
    }

    private static int ClosedPort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

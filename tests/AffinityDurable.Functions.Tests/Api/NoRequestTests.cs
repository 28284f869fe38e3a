using System.Net.Sockets;
using System.Text;
using AffinityDurable.Functions.Tests.Access;

namespace AffinityDurable.Functions.Tests.Api;

/// <summary>What the server refuses before it is a request: no function hears of it.</summary>
public sealed class NoRequestTests
{
    [Theory]
    [InlineData("no request at all\r\n\r\n", "HTTP/1.1 400 ")]
    [InlineData("GET /api/health/live HTTP/1.1\r\nHost: {host}\r\nno colon\r\n\r\n", "HTTP/1.1 400 ")]
    [InlineData("GET /api/health/live HTTP/1.1\r\nHost: {host}\r\nX-Long: {long}\r\n\r\n", "HTTP/1.1 431 ")]
    public async Task It_is_answered_by_a_status_without_a_body_and_the_host_goes_on(string text, string status)
    {
        await using var app = await ApiApp.StartAsync();
        var host = app.Host.Url!;

        var answer = await SendAsync(host, text.Replace("{host}", host.Authority, StringComparison.Ordinal).Replace("{long}", new string('x', 33 * 1024), StringComparison.Ordinal));

        Assert.StartsWith(status, answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
        using var http = app.Caller();
        Assert.True((await http.GetAsync("/api/health/live")).IsSuccessStatusCode);
    }

    private static async Task<string> SendAsync(Uri host, string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host.Host, host.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(limit.Token);
    }
}

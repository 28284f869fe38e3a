using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Simulator.Tests;

/// <summary>Answers whose body is spoilt although the request was carried out.</summary>
public sealed class BrokenBodyTests
{
    [Theory]
    [InlineData(BrokenBody.Truncated)]
    [InlineData(BrokenBody.TruncatedChunks)]
    public async Task A_client_sees_that_a_truncated_body_is_not_whole(BrokenBody kind)
    {
        await using var sim = await SpoilAsync(kind);
        var broken = await Assert.ThrowsAnyAsync<HttpRequestException>(() => PatchAsync(sim));
        Assert.Equal(HttpRequestError.ResponseEnded, (broken.InnerException as HttpIOException)?.HttpRequestError);
        Assert.Equal(1.0, sim.Account.Entry.Get(sim.Account.Arr));
        Assert.Equal(HttpStatusCode.OK, (await sim.GetAsync("v2/lists")).Status);
    }

    [Fact]
    public async Task A_truncated_body_has_the_length_of_the_whole_in_its_header()
    {
        await using var sim = await SpoilAsync(BrokenBody.Truncated);
        var (head, body) = await RawAsync(sim);
        Assert.Contains("\r\nContent-Length: 29\r\n", head, StringComparison.Ordinal);
        Assert.Equal("{\"operation\":\"", body);
    }

    [Fact]
    public async Task A_chunked_body_ends_without_its_last_chunk()
    {
        await using var sim = await SpoilAsync(BrokenBody.TruncatedChunks);
        var (head, body) = await RawAsync(sim);
        Assert.Contains("\r\nTransfer-Encoding: chunked\r\n", head, StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Length", head, StringComparison.Ordinal);
        Assert.Equal("e\r\n{\"operation\":\"\r\n", body);
    }

    [Theory]
    [InlineData(BrokenBody.CutJson, "application/json")]
    [InlineData(BrokenBody.MalformedJson, "application/json")]
    [InlineData(BrokenBody.Html, "text/html")]
    public async Task A_whole_answer_holds_what_is_no_JSON(BrokenBody kind, string mediaType)
    {
        await using var sim = await SpoilAsync(kind);
        using var response = await PatchAsync(sim);
        var answer = await Answer.OfAsync(response);
        Assert.Equal((HttpStatusCode.OK, mediaType), (answer.Status, response.Content.Headers.ContentType!.MediaType));
        Assert.NotEmpty(answer.Body);
        Assert.ThrowsAny<JsonException>(() => answer.Json);
        Assert.NotNull(answer.Header("x-ratelimit-limit-user"));
        Assert.Equal((1.0, 1), (sim.Account.Entry.Get(sim.Account.Arr), sim.Account.Entry.AcceptedPatches));
        Assert.Equal(1, sim.Server.Counters.Answered(200));
    }

    [Fact]
    public async Task A_cut_body_is_the_first_half_of_the_real_one()
    {
        await using var sim = await Sim.StartAsync();
        var whole = (await sim.GetAsync("v2/lists")).Body;
        sim.Server.Faults.Add(new() { Body = BrokenBody.CutJson });
        Assert.Equal(whole[..(whole.Length / 2)], await sim.Client.GetStringAsync("v2/lists"));
        Assert.Equal(whole, (await sim.GetAsync("v2/lists")).Body);
    }

    [Theory]
    [InlineData(BrokenBody.CutJson)]
    [InlineData(BrokenBody.Html)]
    public async Task An_answer_without_a_body_gets_one_to_spoil(BrokenBody kind)
    {
        await using var sim = await SpoilAsync(kind);
        using var content = new StringContent($$"""{"value":{{sim.Account.Arr.Value("2")}}}""", Encoding.UTF8, "application/json");
        using var response = await sim.Client.PostAsync($"{sim.EntryPath}/fields/{sim.Account.Arr.Id}", content);
        var answer = await Answer.OfAsync(response);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.ThrowsAny<JsonException>(() => answer.Json);
        Assert.Equal(2.0, sim.Account.Entry.Get(sim.Account.Arr));
    }

    [Fact]
    public async Task A_refusal_keeps_its_status_under_a_spoilt_body()
    {
        await using var sim = await SpoilAsync(BrokenBody.Html);
        using var response = await sim.Client.GetAsync("v2/lists/5");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.StartsWith("<!DOCTYPE html>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>Past the check of answers against the document, which no spoilt one would pass.</summary>
    private static async Task<HttpResponseMessage> PatchAsync(Sim sim)
    {
        using var content = new StringContent(
            $$"""{"operation":"update-fields","updates":[{{sim.Account.Arr.To("1")}}]}""", Encoding.UTF8, "application/json");
        return await sim.Client.PatchAsync($"{sim.EntryPath}/fields", content);
    }

    private static async Task<Sim> SpoilAsync(BrokenBody kind)
    {
        var sim = await Sim.StartAsync();
        sim.Server.Faults.Add(new() { Body = kind });
        return sim;
    }

    /// <summary>What comes back from a PATCH until the server closes the connection, to which nobody has asked it.</summary>
    private static async Task<(string Head, string Body)> RawAsync(Sim sim)
    {
        var body = $$"""{"operation":"update-fields","updates":[{{sim.Account.Arr.To("1")}}]}""";
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, sim.Server.BaseAddress.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"PATCH /{sim.EntryPath}/fields HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {sim.Server.ApiKey}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
        using var reader = new StreamReader(stream);
        var parts = (await reader.ReadToEndAsync()).Split("\r\n\r\n", 2);
        return (parts[0] + "\r\n", parts[1]);
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AffinityDurable.Delivery.Tests.Infrastructure;

/// <summary>The compiler as one process that answers many questions (JSON-RPC over its pipes): starting it takes longer than most answers.</summary>
internal sealed class BicepServer : IDisposable
{
    private readonly Process process;
    private readonly Lock turn = new();
    private int asked;

    public BicepServer(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
    }

    /// <summary>The result of a method.</summary>
    /// <exception cref="InvalidOperationException">It refuses.</exception>
    public JsonNode Ask(string method, JsonObject parameters)
    {
        lock (turn)
        {
            Send(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = ++asked, ["method"] = method, ["params"] = new JsonArray(parameters) });
            var answer = Receive();
            return answer["error"] is { } error ? throw new InvalidOperationException(error["message"]!.GetValue<string>()) : answer["result"]!;
        }
    }

    /// <summary>The end of its input ends it. Nobody waits for that: a test host that goes away has no time left.</summary>
    public void Dispose()
    {
        process.StandardInput.Close();
        process.Dispose();
    }

    private void Send(JsonObject message)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(message);
        var pipe = process.StandardInput.BaseStream;
        pipe.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n")));
        pipe.Write(body);
        pipe.Flush();
    }

    private JsonNode Receive()
    {
        var pipe = process.StandardOutput.BaseStream;
        var length = 0;
        for (var line = HeaderLine(pipe); line.Length > 0; line = HeaderLine(pipe))
        {
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            {
                length = int.Parse(line["Content-Length:".Length..], CultureInfo.InvariantCulture);
            }
        }

        var body = new byte[length];
        pipe.ReadExactly(body);
        return JsonNode.Parse(body)!;
    }

    private static string HeaderLine(Stream pipe)
    {
        StringBuilder line = new();
        for (var next = pipe.ReadByte(); next != '\n'; next = pipe.ReadByte())
        {
            line.Append(next < 0 ? throw new EndOfStreamException("The compiler has ended.") : (char)next);
        }

        return line.ToString().TrimEnd('\r');
    }
}

using System.Net;
using System.Net.Sockets;

namespace AffinityDurable.Sources.Tests.Files.Azure;

/// <summary>Passes bytes on to a server, and cuts a connection when so many have come back over it.</summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly int _bytes;
    private readonly bool _forGood;
    private int _passed;

    /// <param name="target">The port of the server.</param>
    /// <param name="bytes">When to cut.</param>
    /// <param name="forGood">Whether all connections together may have so many, instead of each.</param>
    public CuttingProxy(int target, int bytes, bool forGood)
    {
        (_target, _bytes, _forGood) = (target, bytes, forGood);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = PassAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target);
                var there = client.GetStream().CopyToAsync(server.GetStream());
                await Task.WhenAny(there, BackAsync(server.GetStream(), client.GetStream()));
            }
            catch (Exception exception) when (exception is IOException or SocketException)
            {
                // Either side has gone.
            }
        }
    }

    private async Task BackAsync(NetworkStream server, NetworkStream client)
    {
        var buffer = new byte[4096];
        for (var left = _bytes - (_forGood ? _passed : 0); left > 0;)
        {
            var read = await server.ReadAsync(buffer.AsMemory(0, Math.Min(buffer.Length, left)));
            if (read == 0)
            {
                return;
            }

            await client.WriteAsync(buffer.AsMemory(0, read));
            left -= read;
            _passed += read;
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace AffinityDurable.Sources.Tests.Services;

/// <summary>Stands between a client and a server of this machine, and fails like a network.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> clients = [];
    private readonly int target;
    private readonly int refused;
    private readonly Task accepting;

    /// <param name="target">Port of the server.</param>
    /// <param name="refused">So many connections are closed at once.</param>
    public TcpProxy(int target, int refused = 0)
    {
        (this.target, this.refused) = (target, refused);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Accepted { get; private set; }

    /// <summary>Resets every connection.</summary>
    public void Cut()
    {
        lock (clients)
        {
            foreach (var socket in clients.Select(client => client.Client).OfType<Socket>())
            {
                socket.Close(timeout: 0);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        Cut();
        await accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                if (++Accepted <= refused)
                {
                    client.Close();
                    continue;
                }

                var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, target);
                lock (clients)
                {
                    clients.AddRange([client, server]);
                }

                _ = PumpAsync(client, server);
                _ = PumpAsync(server, client);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private static async Task PumpAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // One side is gone; the other learns it from its own stream.
        }
    }
}

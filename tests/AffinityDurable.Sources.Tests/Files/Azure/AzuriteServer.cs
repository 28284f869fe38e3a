using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AffinityDurable.Sources.Tests.Services;
using Azure.Storage.Blobs;

namespace AffinityDurable.Sources.Tests.Files.Azure;

/// <summary>Azurite, Microsoft's emulator of Azure Storage, in a process of its own.</summary>
public sealed class AzuriteServer : IAsyncLifetime
{
    // Public: every emulator has it.
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private Process? _process;
    private int _port;

    public string ConnectionString => ConnectionStringAt(_port);

    public BlobServiceClient Client => new(ConnectionString);

    public int Port => _port;

    public static string ConnectionStringAt(int port) =>
        $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={Key};BlobEndpoint=http://127.0.0.1:{port}/devstoreaccount1;";

    public async Task InitializeAsync()
    {
        var service = Service.Of(Service.Azurite);
        if (service.ReasonToSkip() is not null)
        {
            return;
        }

        _port = FreePort();
        var start = new ProcessStartInfo(Path.Combine(Path.GetDirectoryName(service.Require())!, "azurite-blob"))
        {
            ArgumentList = { "--silent", "--skipApiVersionCheck", "--disableTelemetry", "--inMemoryPersistence", "--blobHost", "127.0.0.1", "--blobPort", _port.ToString() },
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        _process = Process.Start(start)!;
        await WaitAsync();
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, _port, patience.Token);
                return;
            }
            catch (SocketException) when (!_process!.HasExited)
            {
                await Task.Delay(50, patience.Token);
            }
        }
    }
}

using System.Net.Sockets;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Cli.Hosting;

/// <summary>Says what is wrong with an address instead of showing what the server threw.</summary>
internal static class Listening
{
    /// <exception cref="ProblemException">The address cannot be listened on (AFF734).</exception>
    public static async Task StartAsync(Func<Task> start)
    {
        try
        {
            await start();
        }
        catch (Exception exception) when (SocketFailure(exception) is { } failure)
        {
            throw new ProblemException(Problem.Of(HostErrors.CannotListen, $"{HostErrors.CannotListen.Title}: {failure.Message}."));
        }
    }

    /// <summary>Kestrel wraps what the socket says, depending on what it is.</summary>
    private static SocketException? SocketFailure(Exception? exception)
    {
        while (exception is not null and not SocketException)
        {
            exception = exception.InnerException;
        }

        return exception as SocketException;
    }
}

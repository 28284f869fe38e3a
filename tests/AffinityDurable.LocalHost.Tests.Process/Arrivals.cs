using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.LocalHost.Tests.Process;

/// <summary>Notes every message in a file. Takes its time, so that a kill hits it.</summary>
public static class Arrivals
{
    public const string Queue = "arrivals";

    private static readonly Lock Gate = new();

    /// <summary>The file, set by the program.</summary>
    public static string Notes { get; set; } = "";

    [Function(nameof(NoteArrival))]
    public static async Task NoteArrival([QueueTrigger(Queue)] string message)
    {
        await Task.Delay(message.Length % 20);
        lock (Gate)
        {
            File.AppendAllText(Notes, message.ReplaceLineEndings("") + "\n");
        }
    }
}

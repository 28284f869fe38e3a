using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.LocalHost.Tests.Functions;

public sealed record Order(string Item, int Pieces);

/// <summary>Queue functions; internal so that only tests that name them get them.</summary>
internal sealed class Messages(Recorder recorder)
{
    [Function("TakeText")]
    public void TakeText([QueueTrigger("%Arrivals:Queue%", Connection = "Anything")] string message, [DurableClient] DurableTaskClient client, FunctionContext context) =>
        recorder.Note($"{context.FunctionDefinition.Name} {client.Name} {message}");

    [Function("TakeOrder")]
    public Task TakeOrder([QueueTrigger("orders")] Order order, CancellationToken cancellation)
    {
        recorder.Note($"{order.Pieces} {order.Item} {cancellation.IsCancellationRequested}");
        return order.Pieces < 0 ? Task.FromException(new InvalidOperationException("fewer than none")) : Task.CompletedTask;
    }

    [Function("FailTwice")]
    public void FailTwice([QueueTrigger("moody")] string message, FunctionContext context)
    {
        recorder.Note(message);
        recorder.Told.Enqueue(context.BindingContext.BindingData);
        if (recorder.Count(message) < 3)
        {
            throw new InvalidOperationException("not yet");
        }
    }
}

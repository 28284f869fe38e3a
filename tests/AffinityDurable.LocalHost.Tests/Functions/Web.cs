using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.LocalHost.Tests.Functions;

public sealed record Greeting(string Text, int Number);

public sealed class Web(Recorder recorder)
{
    [Function("Routed")]
    public static IActionResult Routed(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{kind}/{number:int}/{id:guid?}")] HttpRequest request, string kind, int number, Guid? id) =>
        new OkObjectResult(new Greeting($"{kind} {id} {request.Query["q"]}", number));

    [Function("Echo")]
    public static async Task<IActionResult> Echo([HttpTrigger(AuthorizationLevel.Anonymous, "post", "put")] HttpRequest request, CancellationToken cancellation)
    {
        var greeting = await request.ReadFromJsonAsync<Greeting>(cancellation);
        return new ObjectResult(greeting) { StatusCode = StatusCodes.Status202Accepted };
    }

    [Function("StartChain")]
    public static async Task<IActionResult> StartChain(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "chains/{id}")] HttpRequest request, string id, [DurableClient] DurableTaskClient client, FunctionContext context)
    {
        await client.ScheduleNewOrchestrationInstanceAsync(
            nameof(Basics.Chain), 3, new Microsoft.DurableTask.StartOrchestrationOptions(id), context.CancellationToken);
        return new AcceptedResult($"{request.Scheme}://{request.Host}/api/chains/{id}", null);
    }

    [Function("Explode")]
    public IActionResult Explode([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        recorder.Note("exploding");
        throw new InvalidOperationException($"secret of {request.Path}");
    }

    [Function("WrongNumber")]
    public static IActionResult WrongNumber([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "numbers/{number}")] HttpRequest request, int number) =>
        new OkObjectResult(number + (request.ContentLength ?? 0));

    [Function("WhoMayCall")]
    public static IActionResult WhoMayCall([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        new ContentResult { Content = request.HttpContext.Items["AffinityDurable.LoopbackOnly"]!.ToString() };

    [Function("Nothing")]
    public static IActionResult? Nothing([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        request.Path.HasValue ? null : new OkResult();

    [Function("Hang")]
    public async Task<IActionResult> Hang([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, CancellationToken cancellation)
    {
        recorder.Note("hanging");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            return new OkObjectResult(request.Path);
        }
        catch (OperationCanceledException)
        {
            recorder.Note("let go");
            return new StatusCodeResult(StatusCodes.Status503ServiceUnavailable);
        }
    }
}

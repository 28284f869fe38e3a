using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.LocalHost.Tests.Functions;

/// <summary>Functions the embedded host has to refuse. Internal, so that only <see cref="AssemblyOf"/> shows them.</summary>
internal static class Unsupported
{
    [Function("FromQueue")]
    public static void FromQueue([QueueTrigger("jobs")] byte[] message) => Assert.Empty(message);

    [Function("AnswersQueue")]
    public static string AnswersQueue([QueueTrigger("jobs")] string message) => message;

    [Function("TypedRequest")]
    public static IActionResult TypedRequest([HttpTrigger(AuthorizationLevel.Anonymous, "get")] string body) => new OkObjectResult(body);

    [Function("Keyed")]
    public static IActionResult Keyed([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request) => new OkObjectResult(request.Path);

    [Function("ReturnsText")]
    public static string ReturnsText([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => request.Path;

    [Function("ClientInOrchestrator")]
    public static string ClientInOrchestrator([OrchestrationTrigger] TaskOrchestrationContext context, [DurableClient] DurableTaskClient client) =>
        context.InstanceId + client.Name;

    [Function("ExtraParameter")]
    public static int ExtraParameter([ActivityTrigger] int number, string instanceId) => number + instanceId.Length;

    [Function("NoTrigger")]
    public static void NoTrigger(string text) => Assert.Fail(text);

    [Function("NotInRoute")]
    public static IActionResult NotInRoute([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a/{id}")] HttpRequest request, string other) =>
        new OkObjectResult(request.Path + other);
}

internal static class BadSchedules
{
    [Function("BadCron")]
    public static void BadCron([TimerTrigger("every day")] TimerInfo timer) => Assert.True(timer.IsPastDue);

    [Function("MissingSetting")]
    public static void MissingSetting([TimerTrigger("%Nightly__Schedule%")] TimerInfo timer) => Assert.True(timer.IsPastDue);
}

internal static class Twins
{
    [Function("Twin")]
    public static int One([ActivityTrigger] int number) => number;

    [Function("twin")]
    public static int Two([ActivityTrigger] int number) => number;
}

using System.Net;
using System.Text;
using System.Text.Json;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Tests.Access;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Functions.Triggers;
using DurableTask.Core.Exceptions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace AffinityDurable.Functions.Tests.Api;

/// <summary>What the triggers ask of the durable client, whichever host gives it.</summary>
public sealed class TriggerContractTests
{
    private readonly Mock<DurableTaskClient> client = new("hub") { CallBase = true };
    private readonly List<(string Orchestrator, StartOrchestrationOptions? Options)> starts = [];

    [Theory]
    [InlineData(nameof(StartRun), nameof(SyncOrchestrator))]
    [InlineData(nameof(ApplyPlan), nameof(StoredPlanOrchestrator))]
    [InlineData(nameof(UndoRun), nameof(UndoOrchestrator))]
    public async Task A_start_never_ends_an_instance_of_the_same_id_that_is_under_way(string function, string orchestrator)
    {
        await using var app = await ApiApp.StartAsync(("Access:TrustLoopback", "true"));
        var (planned, written) = await RunsAsync(app);
        Answers();

        var (status, headers, body) = await CallAsync(app, function, planned, written);

        Assert.Equal((int)HttpStatusCode.Accepted, status);
        var start = Assert.Single(starts);
        Assert.Equal(orchestrator, start.Orchestrator);
        Assert.Equal(["Pending", "Running", "Suspended"], start.Options!.DedupeStatuses!.Order(StringComparer.Ordinal));
        Assert.True(RunId.TryParse(start.Options.InstanceId, out _));
        Assert.Equal($"/api/runs/{Uri.EscapeDataString(start.Options.InstanceId!)}", headers.Location);
        Assert.Equal(start.Options.InstanceId, body.GetProperty("runId").GetString());
    }

    [Theory]
    [InlineData(nameof(StartRun))]
    [InlineData(nameof(ApplyPlan))]
    [InlineData(nameof(UndoRun))]
    public async Task An_instance_that_is_there_already_is_a_conflict(string function)
    {
        await using var app = await ApiApp.StartAsync(("Access:TrustLoopback", "true"));
        var (planned, written) = await RunsAsync(app);
        Answers(new OrchestrationAlreadyExistsException("confidential"));

        var (status, _, body) = await CallAsync(app, function, planned, written);

        Assert.Equal((int)HttpStatusCode.Conflict, status);
        Assert.Equal(HostErrors.ListBusy.Id, body.GetProperty("code").GetString());
        Assert.DoesNotContain("confidential", body.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(StartRun))]
    [InlineData(nameof(ApplyPlan))]
    [InlineData(nameof(UndoRun))]
    public async Task An_answer_tells_the_run_and_nothing_of_the_hosts_own_management(string function)
    {
        await using var app = await ApiApp.StartAsync(("Access:TrustLoopback", "true"));
        var (planned, written) = await RunsAsync(app);
        Answers();

        var (_, headers, body) = await CallAsync(app, function, planned, written);

        Assert.Equal(["runId", "status"], body.EnumerateObject().Select(member => member.Name));
        Assert.DoesNotContain("webhooks", body.ToString() + headers.Location, StringComparison.Ordinal);
        Assert.DoesNotContain("code=", body.ToString() + headers.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_fails_starts_nothing_and_says_nothing_of_it()
    {
        await using var app = await ApiApp.StartAsync(("Access:TrustLoopback", "true"));
        var (planned, written) = await RunsAsync(app);
        Answers(new InvalidOperationException("confidential"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => CallAsync(app, nameof(StartRun), planned, written));

        var state = app.Services.GetRequiredService<ISyncState>();
        var key = await state.ListAsync("audit/", CancellationToken.None).LastAsync();
        Assert.Equal(500, (await state.ReadAsync<Functions.Triggers.Access.AuditRecord>(key, CancellationToken.None))!.Value.Status);
    }

    /// <summary>A run that only planned, and one that has written.</summary>
    private static async Task<(string Planned, string Written)> RunsAsync(TestApp app)
    {
        app.Define();
        app.ExportAll(n => n);
        return ((await app.RunAsync(RunMode.Plan)).RunId, (await app.RunAsync(ask: request => request with { Entries = [app.World.Entries[0].Id] })).RunId);
    }

    private void Answers(Exception? failure = null) => client
        .Setup(durable => durable.ScheduleNewOrchestrationInstanceAsync(It.IsAny<TaskName>(), It.IsAny<object?>(), It.IsAny<StartOrchestrationOptions?>(), It.IsAny<CancellationToken>()))
        .Returns((TaskName name, object? _, StartOrchestrationOptions? options, CancellationToken _) =>
        {
            starts.Add((name.Name, options));
            return failure is null ? Task.FromResult(options!.InstanceId!) : Task.FromException<string>(failure);
        });

    private async Task<(int Status, IHeaderDictionary Headers, JsonElement Body)> CallAsync(TestApp app, string function, string planned, string written)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var http = FromThisMachine(scope.ServiceProvider);
        var result = function switch
        {
            nameof(ApplyPlan) => await Make<ApplyPlan>(scope).RunAsync(http.Request, planned, client.Object, CancellationToken.None),
            nameof(UndoRun) => await Make<UndoRun>(scope).RunAsync(http.Request, written, client.Object, CancellationToken.None),
            _ => await Make<StartRun>(scope).RunAsync(http.Request, "portfolio", client.Object, CancellationToken.None),
        };
        await result.ExecuteResultAsync(new ActionContext(http, new RouteData(), new ActionDescriptor()));
        var body = Encoding.UTF8.GetString(((MemoryStream)http.Response.Body).ToArray());
        return (http.Response.StatusCode, http.Response.Headers, JsonSerializer.Deserialize<JsonElement>(body));
    }

    private static T Make<T>(AsyncServiceScope scope) => ActivatorUtilities.CreateInstance<T>(scope.ServiceProvider);

    private static DefaultHttpContext FromThisMachine(IServiceProvider services) => new()
    {
        RequestServices = services,
        Connection = { RemoteIpAddress = IPAddress.Loopback },
        Request = { Method = "POST", Host = new HostString("localhost"), Path = "/api/test" },
        Response = { Body = new MemoryStream() },
    };
}

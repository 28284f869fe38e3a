using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.OpenApi;
using AffinityDurable.Simulator.Paging;
using AffinityDurable.Simulator.Rendering;
using AffinityDurable.Simulator.Webhooks;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>The webhooks of the account. All its users see and change them.</summary>
internal sealed class WebhookEndpoints(Simulation simulation)
{
    private readonly WebhookRegistry _registry = new(simulation);

    public void Map(ApiRoutes api)
    {
        api.Map(Define("GET", "/v2/webhooks", GetWebhooks, "getWebhooks", "The webhooks of the account.") with
        {
            Query = [.. QueryParameter.Page(), QueryParameter.TotalCount],
            Answer = Shapes.CountedPageOf(Shapes.Webhook),
        });
        api.Map(Define("POST", "/v2/webhooks", CreateAsync, "createWebhook", "Subscribes a URL, which must answer a test delivery.") with
        {
            Body = Shapes.NewWebhook,
            Success = StatusCodes.Status201Created,
            Answer = Shapes.Webhook,
        });
        api.Map(Define("GET", "/v2/webhooks/{webhookId}", GetWebhook, "getWebhook", "One webhook.") with { Answer = Shapes.Webhook });
        api.Map(Define(
            "POST", "/v2/webhooks/{webhookId}", ChangeAsync, "updateWebhook", "Changes a webhook, or switches it off or on.") with
        {
            Body = Shapes.WebhookChange,
            Success = StatusCodes.Status204NoContent,
        });
        api.Map(Define("DELETE", "/v2/webhooks/{webhookId}", Delete, "deleteWebhook", "Deletes a webhook.") with
        {
            Success = StatusCodes.Status204NoContent,
        });
    }

    private Task GetWebhooks(HttpContext context)
    {
        var all = simulation.Tenant.Subscriptions.All;
        var page = Page.ById<WebhookSubscription>(PageRequest.Of(context), all);
        return Collection.Send(
            context, page,
            writer =>
            {
                foreach (var webhook in all.AsSpan(page.Start, page.Length))
                {
                    WebhookWriter.Write(writer, webhook);
                }
            },
            totalCount: TotalCount.IsAsked(context) ? all.Length : null);
    }

    private async Task CreateAsync(HttpContext context)
    {
        var wanted = WebhookBody.Of(await RequestBody.ReadAsync(context, Shapes.NewWebhook));
        var webhook = await _registry.CreateAsync(wanted, Call.Of(context).Key.User, context.RequestAborted);
        await Send(context, webhook, 201);
    }

    private Task GetWebhook(HttpContext context) => Send(context, Find(context), 200);

    private async Task ChangeAsync(HttpContext context)
    {
        var change = WebhookBody.Of(await RequestBody.ReadAsync(context, Shapes.WebhookChange));
        await _registry.ChangeAsync(Find(context), change, context.RequestAborted);
        context.Response.StatusCode = 204;
    }

    private Task Delete(HttpContext context)
    {
        _registry.Delete(Find(context));
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private WebhookSubscription Find(HttpContext context) => Lookup.Webhook(context, simulation.Tenant);

    private static Task Send(HttpContext context, WebhookSubscription webhook, int status)
    {
        var reply = JsonReply.Start();
        WebhookWriter.Write(reply.Writer, webhook);
        return reply.Send(context, status);
    }

    /// <summary>They came in September 2026, when the oldest version was locked.</summary>
    private static Operation Define(string method, string path, RequestDelegate handler, string id, string summary) =>
        new(method, path, handler) { Id = id, Summary = summary, Since = ApiVersion.V20260715, IsBeta = true };
}

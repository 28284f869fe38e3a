using System.Text.Json;
using System.Text.Json.Serialization;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Validation;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Control;

/// <summary>JSON in and out of the control API; a property that is not known is an error.</summary>
internal static class ControlJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { InKebabCase<BrokenBody>(), InKebabCase<HappeningKind>() },
    };

    public static async Task<T> ReadAsync<T>(HttpContext context) =>
        await JsonSerializer.DeserializeAsync<T>(context.Request.Body, Options, context.RequestAborted)
        ?? throw new ApiException(400, "The body is empty.");

    public static Task Send<T>(HttpContext context, T answer) => context.Response.WriteAsJsonAsync(answer, Options, context.RequestAborted);

    public static Task Done(HttpContext context)
    {
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private static JsonStringEnumConverter<T> InKebabCase<T>()
        where T : struct, Enum => new(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);
}

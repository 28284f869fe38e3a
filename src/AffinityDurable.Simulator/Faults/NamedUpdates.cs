using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Validation;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Faults;

/// <summary>What a write is about to write, read ahead of the endpoint, which reads it again.</summary>
internal static class NamedUpdates
{
    /// <summary>The updates of the body; none when it has none, or is not sound.</summary>
    public static async Task<IReadOnlyList<FieldUpdate>> ReadAsync(HttpContext context, UpdateSchema schema)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        body.Position = 0;
        context.Request.Body = body;
        try
        {
            return Read(context, body.GetBuffer().AsSpan(0, (int)body.Length), schema);
        }
        catch (ApiException)
        {
            // The endpoint will say what is wrong with it.
            return [];
        }
    }

    /// <summary>The option ids that an update refers to.</summary>
    public static long[] Options(in FieldUpdate update) => update.Value.IsEmpty ? [] : update.Type switch
    {
        FieldValueType.Dropdown or FieldValueType.RankedDropdown => [update.Value.AsId],
        FieldValueType.DropdownMulti => update.Value.AsIds,
        _ => [],
    };

    private static List<FieldUpdate> Read(HttpContext context, ReadOnlySpan<byte> body, UpdateSchema schema) =>
        body.IsEmpty ? []
        : context.Request.RouteValues["fieldId"] is string fieldId ? [SingleReader.Read(body, fieldId, schema)]
        : BatchReader.Read(body, schema);
}

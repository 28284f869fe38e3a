using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Paging;
using AffinityDurable.Simulator.Rendering;
using AffinityDurable.Simulator.Validation;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>Answers the items of one multi-value, page by page.</summary>
internal static class MultiValues
{
    /// <param name="read">Gives the stored set, which later writes replace but never change.</param>
    public static Task Send(HttpContext context, Tenant tenant, Field field, Func<FieldValue> read)
    {
        if (!field.ValueType.IsMulti() || !field.ValueType.IsWritable())
        {
            throw ApiException.Invalid("fieldId", $"Field {field.Id} does not hold several values.");
        }

        var value = read();
        var page = Page.Of(PageRequest.Of(context), value.Count);
        var values = new ValueWriter(tenant);
        return Collection.Send(context, page, writer => values.WriteItems(writer, field, value, page.Start, page.Length));
    }
}

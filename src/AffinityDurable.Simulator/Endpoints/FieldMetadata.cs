using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Rendering;
using AffinityDurable.Simulator.Validation;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Endpoints;

/// <summary>Answers what fields there are and which options they have, for lists, companies and persons alike.</summary>
internal static class FieldMetadata
{
    private static readonly string[] Capabilities = ["filterability", "sortability"];

    public static Task Send(HttpContext context, Field[] all, SimulatedBehavior behavior)
    {
        var query = context.Request.Query;
        string[] includes = [.. query["includes"].OfType<string>().Distinct(StringComparer.Ordinal)];
        if (includes.Except(Capabilities, StringComparer.Ordinal).Any())
        {
            throw ApiException.Invalid("includes", "value at `/0` is not one of: [\"filterability\", \"sortability\"]");
        }

        var fields = NameFilter.Apply(all, query["filter"], behavior.NameFilterIgnoresCase);
        var version = Call.Of(context).Version;
        return Collection.Send(context, fields, (writer, field) => FieldWriter.WriteMetadata(writer, field, includes, version));
    }

    public static Task SendOptions(HttpContext context, Field field, SimulatedBehavior behavior)
    {
        if (!field.ValueType.HasOptions())
        {
            throw ApiException.Invalid("fieldId", $"Field {field.Id} is not a dropdown field.");
        }

        var version = Call.Of(context).Version;
        return Collection.Send(
            context, field.Options, (writer, option) => OptionWriter.WriteOption(writer, field, option, version),
            behavior.DropdownOptionsDefaultLimit);
    }
}

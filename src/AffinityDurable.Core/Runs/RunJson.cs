using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AffinityDurable.Core.Runs;

/// <summary>How artefacts and state documents are written as JSON: one place, so that every part reads what another wrote.</summary>
public static class RunJson
{
    /// <summary>camelCase, enums as camelCase strings, nulls left out, one line.</summary>
    /// <remarks>The relaxed encoder keeps names and URLs readable; the output is never put into HTML as it is.</remarks>
    public static JsonSerializerOptions Options { get; } = Build();

    private static JsonSerializerOptions Build()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.Strict,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            WriteIndented = false,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

using AffinityDurable.Simulator.Validation;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Rendering;

/// <summary>The one shape of every error.</summary>
internal static class ErrorEnvelope
{
    /// <summary>Writes the envelope and gives the status back.</summary>
    public static int Write(HttpContext context, ApiException refusal)
    {
        var reply = JsonReply.Start();
        var writer = reply.Writer;
        writer.WriteStartObject();
        writer.WriteStartArray("errors"u8);
        foreach (var error in refusal.Errors)
        {
            writer.WriteStartObject();
            writer.WriteString("code"u8, error.Code);
            writer.WriteString("message"u8, error.Message);
            if (error.Param is not null)
            {
                writer.WriteString("param"u8, error.Param);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        _ = reply.Send(context, refusal.Status);
        return refusal.Status;
    }
}

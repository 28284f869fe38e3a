using System.Text.Json;

namespace AffinityDurable.Simulator.Model;

/// <summary>A value kept as JSON text, checked once when it is made.</summary>
internal sealed class RawJson
{
    public RawJson(string text)
    {
        using var document = JsonDocument.Parse(text);
        Text = document.RootElement.GetRawText();
    }

    public string Text { get; }
}

using System.Text.Json;
using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Rendering;

/// <summary>Writes dropdown options: as values they carry <c>dropdownOptionId</c>, as objects of their own <c>id</c>.</summary>
internal static class OptionWriter
{
    public static void WriteReference(Utf8JsonWriter writer, Field field, long optionId)
    {
        writer.WriteStartObject();
        WriteReferenceProperties(writer, field, optionId, field.FindOption(optionId));
        writer.WriteEndObject();
    }

    /// <summary>Writes the properties of a reference into an object that is already open.</summary>
    public static void WriteReferenceProperties(Utf8JsonWriter writer, Field field, long id, DropdownOption? option)
    {
        writer.WriteNumber(Names.DropdownOptionId, id);
        writer.WriteString(Names.Text, option?.Text);
        if (field.ValueType == FieldValueType.RankedDropdown)
        {
            writer.WriteNumber("rank"u8, option?.Rank ?? 0);
            writer.WriteString("color"u8, option?.Color);
        }
    }

    public static void WriteOption(Utf8JsonWriter writer, Field field, DropdownOption option, ApiVersion version)
    {
        var isRanked = field.ValueType == FieldValueType.RankedDropdown;
        var isStatus = isRanked && option.StatusCategory is not null;
        writer.WriteStartObject();
        writer.WriteNumber(Names.Id, option.Id);
        writer.WriteString(Names.Text, option.Text);

        // Status options look like ranked ones in the oldest version.
        writer.WriteString(Names.Type, isStatus && version > ApiVersion.V20240101 ? "status-dropdown" : isRanked ? "ranked-dropdown" : "dropdown");
        if (isRanked)
        {
            writer.WriteNumber("rank"u8, option.Rank);
            writer.WriteString("color"u8, option.Color);
        }

        if (isStatus && version > ApiVersion.V20240101)
        {
            writer.WriteString("statusCategory"u8, option.StatusCategory);
            WriteWinRate(writer, option.StatusCategory == "open" ? option.WinRate : null);
        }

        writer.WriteEndObject();
    }

    private static void WriteWinRate(Utf8JsonWriter writer, int? winRate)
    {
        if (winRate is { } percent)
        {
            writer.WriteNumber("winRate"u8, percent);
        }
        else
        {
            writer.WriteNull("winRate"u8);
        }
    }
}

namespace AffinityDurable.Simulator.Model;

/// <summary>An option of a dropdown. Rank and color belong to ranked dropdowns, category and win rate to status fields.</summary>
public sealed record DropdownOption(long Id, string Text)
{
    /// <summary>The position of a ranked option, 0 or more.</summary>
    public int Rank { get; init; }

    /// <summary>white, gray, blue, green, purple, orange, red, or null.</summary>
    public string? Color { get; init; }

    /// <summary>open, won, lost or on-hold; null on anything but a status field.</summary>
    public string? StatusCategory { get; init; }

    /// <summary>0 to 100, open status options only.</summary>
    public int? WinRate { get; init; }
}

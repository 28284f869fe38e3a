namespace AffinityDurable.Simulator.Model;

/// <summary>What the role of a user allows beyond reading what is shared with it. Without the one that an endpoint needs it answers 403.</summary>
[Flags]
public enum Permissions
{
    None = 0,

    /// <summary>"Export data from Lists": pages and searches of list entries, and every write of their fields.</summary>
    ExportLists = 1,

    /// <summary>"Export All Organizations directory": pages and searches of companies.</summary>
    ExportOrganizations = 2,

    /// <summary>"Export All People directory": pages and searches of persons.</summary>
    ExportPeople = 4,

    All = ExportLists | ExportOrganizations | ExportPeople,
}

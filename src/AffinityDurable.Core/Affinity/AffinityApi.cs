namespace AffinityDurable.Core.Affinity;

/// <summary>Constants of Affinity's API v2.</summary>
internal static class AffinityApi
{
    /// <summary>Pinned: without it the key's default version answers, and <c>current</c> changes under our feet.</summary>
    public const string Version = "2026-09-17";

    /// <summary>Sent with every call, since a page's cursor does not carry it; every answer says which version it is of.</summary>
    public const string VersionHeader = "X-Affinity-Api-Version";

    /// <summary>Rows of a page.</summary>
    public const int PageSize = 100;

    /// <summary>Updates of one <c>update-fields</c> call.</summary>
    public const int MostUpdates = 100;
}

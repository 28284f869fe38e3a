using System.Globalization;

namespace AffinityDurable.Functions.Work;

/// <summary>Keys of the documents about pending work: <c>work/{list}/items/…</c>, <c>…/taken/{run}</c> and <c>…/dead/…</c>.</summary>
internal static class WorkKeys
{
    public const string All = "work/";

    public static string Items(long listId) => Folder(listId, "items");

    public static string NewItem(long listId) => Items(listId) + Guid.NewGuid().ToString("N");

    public static string Taken(long listId) => Folder(listId, "taken");

    public static string Taken(long listId, string runId) => Taken(listId) + runId;

    /// <summary>Where an item is kept that nothing could be made of.</summary>
    public static string DeadOf(string itemKey) => itemKey.Replace("/items/", "/dead/", StringComparison.Ordinal);

    /// <summary>Where an item goes that is tried again after all.</summary>
    public static string ItemOf(string deadKey) => deadKey.Replace("/dead/", "/items/", StringComparison.Ordinal);

    public static bool IsDead(string key) => key.Contains("/dead/", StringComparison.Ordinal);

    /// <summary>The list that a document is about.</summary>
    public static long ListOf(string key) => long.Parse(key.Split('/')[1], CultureInfo.InvariantCulture);

    private static string Folder(long listId, string kind) => string.Create(CultureInfo.InvariantCulture, $"{All}{listId}/{kind}/");
}

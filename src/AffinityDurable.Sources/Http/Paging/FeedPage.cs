using System.Text.Json;

namespace AffinityDurable.Sources.Http.Paging;

/// <summary>A page that has come.</summary>
/// <param name="Call">What was asked.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Root">Its body.</param>
/// <param name="Records">Number of its records.</param>
internal sealed record FeedPage(FeedCall Call, FeedAnswer Answer, JsonElement Root, int Records);

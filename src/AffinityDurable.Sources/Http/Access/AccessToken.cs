namespace AffinityDurable.Sources.Http.Access;

/// <summary>A token and when it is not to be used any more.</summary>
internal sealed record AccessToken(string Value, DateTimeOffset UsableUntil);

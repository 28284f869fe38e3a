namespace AffinityDurable.Core.Affinity;

/// <summary>A list: <c>company</c>, <c>person</c> or <c>opportunity</c> rows.</summary>
public sealed record AffinityList(long Id, string Name, string Type, bool IsPublic = false);

using AffinityDurable.Core.Sources;

namespace AffinityDurable.Sources.Databases;

/// <summary>What a query can ask for as <c>:name</c>.</summary>
/// <param name="Name">Its name, without the colon.</param>
/// <param name="Type">Type of its values.</param>
/// <param name="IsTargeted">Whether it speaks of the entries of a restricted run, and is a list.</param>
/// <param name="Values">The values in a run; the one of a parameter that is no list.</param>
internal sealed record QueryParameter(string Name, ParameterType Type, bool IsTargeted, Func<SourceRequest, IEnumerable<object>> Values)
{
    public static readonly QueryParameter LastSuccess = new(
        "lastSuccess", ParameterType.Timestamp, IsTargeted: false, request => [(request.LastSuccess ?? DateTimeOffset.UnixEpoch).ToUniversalTime()]);

    public static IReadOnlyList<QueryParameter> All { get; } =
    [
        LastSuccess,
        new("runDate", ParameterType.Date, IsTargeted: false, request => [request.RunDate]),
        new("entryIds", ParameterType.Id, IsTargeted: true, request => Targets(request).Select(target => (object)target.EntryId).Distinct()),
        new("companyIds", ParameterType.Id, IsTargeted: true, request => Targets(request).Select(target => (object)target.EntityId).Distinct()),
        new("domains", ParameterType.Text, IsTargeted: true, request => Targets(request).SelectMany(target => target.Domains).Distinct(StringComparer.OrdinalIgnoreCase)),
    ];

    private static IReadOnlyList<SourceTarget> Targets(SourceRequest request) => request.Targets ?? [];
}

/// <summary>Types of parameters.</summary>
internal enum ParameterType
{
    /// <summary>A <see cref="DateTimeOffset"/> in UTC.</summary>
    Timestamp = 0,

    /// <summary>A <see cref="DateOnly"/>.</summary>
    Date,

    /// <summary>A <see cref="long"/>.</summary>
    Id,

    /// <summary>A <see cref="string"/>.</summary>
    Text,
}

namespace AffinityDurable.Core.Planning;

/// <summary>A row or a field value that is not written, for the report and <c>rejects.csv</c>. May hold source values: never logged.</summary>
public sealed record Reject
{
    /// <summary>Id of the <see cref="Errors.ErrorCode"/>.</summary>
    public required string Code { get; init; }

    public required string Reason { get; init; }

    public required string Cure { get; init; }

    /// <summary>Name of the source, where the sync has several.</summary>
    public string? Source { get; init; }

    /// <summary>First line of the source record, where known.</summary>
    public long? Line { get; init; }

    public long? EntryId { get; init; }

    /// <summary>Display name of the company, person or opportunity.</summary>
    public string? Name { get; init; }

    public string? FieldId { get; init; }

    public string? FieldName { get; init; }
}

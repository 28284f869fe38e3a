namespace AffinityDurable.Sources.Tests.Snowflake;

/// <summary>What the test server answers to a statement.</summary>
internal sealed record SnowflakeScript
{
    public (string Name, string Type)[] Columns { get; init; } = [("ID", "FIXED"), ("NAME", "TEXT")];

    /// <summary>Rows by partition.</summary>
    public string?[][][] Partitions { get; init; } = [[["1", "a"]]];

    /// <summary>So often the statement still runs when it is asked for; below zero: for ever.</summary>
    public int Polls { get; init; } = 1;

    /// <summary>What the metadata says where it lies.</summary>
    public long? AnnouncedRows { get; init; }

    /// <summary>A failure of the statement: HTTP status, code, SQL state, message.</summary>
    public (int Status, string Code, string SqlState, string Message)? Failure { get; init; }

    /// <summary>Three partitions: 2, 3 and 1 rows.</summary>
    public static SnowflakeScript ThreePartitions { get; } = new()
    {
        Polls = 3,
        Partitions = [[["1", "a"], ["2", null]], [["3", "c"], ["4", "\"d\""], ["5", "é, ü"]], [["6", "f"]]],
    };
}

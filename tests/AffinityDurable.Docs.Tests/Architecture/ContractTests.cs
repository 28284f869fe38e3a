using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AffinityDurable.Functions.Activities;
using AffinityDurable.Functions.Orchestrations;

namespace AffinityDurable.Docs.Tests.Architecture;

/// <summary>What crosses the boundary between orchestrators and activities.</summary>
public sealed partial class ContractTests
{
    /// <summary>Durable inputs and outputs travel through queues and tables with limits of their own.</summary>
    private const int MostBytes = 16 * 1024;

    private static readonly JsonSerializerOptions[] WorkerOptions =
    [
        new(JsonSerializerDefaults.General),
        new(JsonSerializerDefaults.General) { IncludeFields = true },
        new(JsonSerializerDefaults.General) { PropertyNameCaseInsensitive = true },
    ];

    /// <summary>Types that no history may hold: field values and what carries them.</summary>
    private static readonly string[] CarriesValues = ["FieldValue", "LiveValue", "Reject", "SourceReject", "EntryChange", "FieldChange", "StagedRow", "EntrySnapshot", "Coercion", "Rejection"];

    private static readonly IReadOnlyList<Type> Contracts = [.. Found().Distinct().OrderBy(type => type.FullName, StringComparer.Ordinal)];

    public static TheoryData<Type> Types => [.. Contracts];

    [Fact]
    public void Contracts_of_every_function_are_found()
    {
        Assert.Superset(
            new HashSet<Type> { typeof(SyncInput), typeof(ApplyInput), typeof(RunResult), typeof(ApplyResult), typeof(ApplyBatchInput), typeof(OpenedRun), typeof(CloseRunInput), typeof(RunStatus), typeof(DueOccurrence) },
            Contracts.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Contracts_are_sealed_records(Type type)
    {
        Assert.All(Reachable(type), one => Assert.True(one.IsSealed && IsRecord(one), $"{one} is not a sealed record."));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Contracts_survive_the_worker_s_serializer(Type type)
    {
        foreach (var options in WorkerOptions)
        {
            foreach (var sample in (object[])[Samples.Of(type, withOptional: true), Samples.Of(type, withOptional: false)])
            {
                var json = JsonSerializer.Serialize(sample, type, options);
                var back = JsonSerializer.Deserialize(json, type, options);

                Assert.True(Samples.AreSame(sample, back), $"{type.Name} comes back otherwise: {json}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Contracts_hold_no_field_value(Type type)
    {
        Assert.DoesNotContain(Reachable(type), one => CarriesValues.Contains(one.Name));
    }

    [Fact]
    public void An_apply_generation_with_the_most_lanes_is_small()
    {
        var filled = (ApplyInput)Samples.Of(typeof(ApplyInput), withOptional: true);
        var input = filled with { Unfinished = [.. Enumerable.Repeat(int.MaxValue, 90)] };

        Assert.True(Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(input)) < MostBytes);
    }

    /// <summary>Both kinds of record print their members; structs cannot be inherited from anyway.</summary>
    private static bool IsRecord(Type type) => type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is not null;

    private static IEnumerable<Type> Found()
    {
        foreach (var activity in FunctionMethods.Activities)
        {
            yield return FunctionMethods.ParameterWith<Microsoft.Azure.Functions.Worker.ActivityTriggerAttribute>(activity)!.ParameterType;
        }

        foreach (var method in FunctionMethods.Activities.Concat(FunctionMethods.Orchestrators))
        {
            var result = FunctionMethods.Result(method);
            yield return Samples.ItemOf(result) ?? result;
        }

        // The inputs of orchestrators stand in their bodies only.
        foreach (var input in Repository.Files("src/AffinityDurable.Functions/Orchestrations", "*.cs").SelectMany(file => Input().Matches(file.Text)))
        {
            yield return FunctionMethods.Assembly.GetTypes().Single(type => type.Name == input.Groups["type"].Value);
        }

        yield return typeof(RunStatus);
    }

    private static HashSet<Type> Reachable(Type type)
    {
        var reached = new HashSet<Type>();
        Reach(type, reached);
        return reached;
    }

    private static void Reach(Type type, HashSet<Type> reached)
    {
        var bare = Samples.ItemOf(type) ?? Samples.Bare(type);
        if (Samples.IsLeaf(bare) || !reached.Add(bare))
        {
            return;
        }

        foreach (var property in bare.GetProperties())
        {
            Reach(property.PropertyType, reached);
        }
    }

    [GeneratedRegex(@"GetInput<(?<type>\w+)>")]
    private static partial Regex Input();
}

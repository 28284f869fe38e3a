using System.Reflection;

namespace AffinityDurable.Simulator.Tests.Facts;

/// <summary>Which tests of this assembly claim to prove which facts.</summary>
internal static class Proofs
{
    /// <summary>Test and fact, one pair for each claim; a test is <c>Class.Method</c>, or <c>Class</c> where the whole class claims.</summary>
    public static ILookup<string, string> ByFact { get; } = Claims().ToLookup(claim => claim.Fact, claim => claim.Test, StringComparer.Ordinal);

    /// <summary>Members that claim to prove something and are no tests that run.</summary>
    public static IEnumerable<string> WithoutTest() =>
        from type in typeof(Proofs).Assembly.GetTypes()
        from member in Members(type).Append<MemberInfo>(type)
        where member.IsDefined(typeof(ProvesAttribute)) && !Runs(member)
        select Name(member);

    private static IEnumerable<(string Fact, string Test)> Claims() =>
        from type in typeof(Proofs).Assembly.GetTypes()
        from member in Members(type).Append<MemberInfo>(type)
        where Runs(member)
        from fact in member.GetCustomAttribute<ProvesAttribute>()?.Facts ?? []
        select (fact, Name(member));

    private static bool Runs(MemberInfo member) => member is Type type
        ? Members(type).Any(Runs)
        : member.GetCustomAttribute<FactAttribute>() is { Skip: null };

    private static MethodInfo[] Members(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly);

    private static string Name(MemberInfo member) => member is Type type ? type.Name : $"{member.DeclaringType!.Name}.{member.Name}";
}

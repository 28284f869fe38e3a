using System.Reflection;

namespace AffinityDurable.LocalHost.Tests;

/// <summary>An assembly that exports only the given types: functions that must not be part of every other test's host.</summary>
internal sealed class AssemblyOf(params Type[] types) : Assembly
{
    public override Type[] GetExportedTypes() => types;
}

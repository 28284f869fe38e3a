namespace AffinityDurable.Simulator.Tests;

/// <summary>A measurement, run by hand: <c>AFFINITY_SIM_MEASURE=1 dotnet test -c Release --filter Throughput</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MeasuredFactAttribute : FactAttribute
{
    public MeasuredFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("AFFINITY_SIM_MEASURE") is null)
        {
            Skip = "A measurement; set AFFINITY_SIM_MEASURE to run it.";
        }
    }
}

using AffinityDurable.LocalHost.Discovery;
using AffinityDurable.LocalHost.Tests.Functions;

namespace AffinityDurable.LocalHost.Tests;

public sealed class DiscoveryTests
{
    [Fact]
    public async Task Every_function_that_cannot_run_is_named_with_parameter_and_binding()
    {
        var failure = await Assert.ThrowsAsync<UnsupportedFunctionException>(
            () => TestHost.StartAsync(configure: options => options.Assemblies.Add(new AssemblyOf(typeof(Unsupported)))));
        Assert.Equal(
            [
                "FromQueue: parameter 'message' binds System.Byte[] with QueueTriggerAttribute, which is not supported.",
                "AnswersQueue: returns System.String, which is not supported for Queue functions.",
                "TypedRequest: parameter 'body' binds System.String with HttpTriggerAttribute, which is not supported.",
                "Keyed: parameter 'request', HttpTrigger: AuthorizationLevel.Function needs the keys of Azure Functions; only Anonymous is supported.",
                "ReturnsText: returns System.String, which is not supported for Http functions.",
                "ClientInOrchestrator: parameter 'client' binds Microsoft.DurableTask.Client.DurableTaskClient with DurableClientAttribute, which is not supported.",
                "ExtraParameter: parameter 'instanceId' of type System.String has no binding that is supported.",
                "NoTrigger: has 0 triggers; a function has one.",
                "NotInRoute: parameter 'other' of type System.String has no binding that is supported.",
            ],
            failure.Problems);
    }

    [Fact]
    public async Task Two_functions_of_one_name_are_refused()
    {
        var failure = await Assert.ThrowsAsync<UnsupportedFunctionException>(
            () => TestHost.StartAsync(configure: options => options.Assemblies.Add(new AssemblyOf(typeof(Twins)))));
        Assert.Contains("Twins.One and ", Assert.Single(failure.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schedule_that_cannot_be_read_is_refused_at_the_start()
    {
        var failure = await Assert.ThrowsAsync<UnsupportedFunctionException>(() => TestHost.StartAsync(configure: options =>
        {
            options.EnableTimers = true;
            options.Assemblies.Add(new AssemblyOf(typeof(BadSchedules)));
        }));
        Assert.Contains(failure.Problems, problem => problem.StartsWith("BadCron: parameter 'timer', TimerTrigger: 'every day' is not an NCRONTAB", StringComparison.Ordinal));
        Assert.Contains("MissingSetting: parameter 'timer', TimerTrigger: the setting 'Nightly__Schedule' is missing.", failure.Problems);
    }
}

using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace AffinityDurable.AzureSurface.Tests;

public class NameAndTriggerTests
{
    [Fact]
    public void Names_compare_without_case_and_nothing_is_the_default_name()
    {
        Assert.True(new TaskName("Sync") == "SYNC");
        Assert.Equal(new TaskName("Sync").GetHashCode(), new TaskName("SYNC").GetHashCode());
        Assert.True((TaskName)string.Empty == default);
        Assert.Equal("Sync", new TaskName("Sync").ToString());
        Assert.Equal("Sync", (string)new TaskName("Sync"));
    }

    [Fact]
    public void Http_trigger_asks_for_a_function_key_only_when_nothing_is_said()
    {
        Assert.Equal(AuthorizationLevel.Function, new HttpTriggerAttribute().AuthLevel);
        Assert.Null(new HttpTriggerAttribute().Methods);
        Assert.Equal(AuthorizationLevel.Anonymous, new HttpTriggerAttribute("get").AuthLevel);

        HttpTriggerAttribute trigger = new(AuthorizationLevel.Admin, "get", "post") { Route = "runs/{id}" };
        Assert.Equal(AuthorizationLevel.Admin, trigger.AuthLevel);
        Assert.Equal(["get", "post"], trigger.Methods!);
        Assert.Equal("runs/{id}", trigger.Route);
    }

    [Fact]
    public void Timer_trigger_remembers_missed_occurrences_unless_told_otherwise()
    {
        TimerTriggerAttribute trigger = new("0 */5 * * * *");

        Assert.Equal("0 */5 * * * *", trigger.Schedule);
        Assert.True(trigger.UseMonitor);
        Assert.False(trigger.RunOnStartup);
    }
}

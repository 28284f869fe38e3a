using Microsoft.DurableTask;

namespace AffinityDurable.AzureSurface.Tests;

public class OrchestrationContextTests
{
    private static readonly TaskOptions Options = new();

    private readonly ScriptedContext _context = new();

    [Fact]
    public async Task Overloads_of_a_call_lead_to_the_one_abstract_member()
    {
        await _context.CallActivityAsync("A", 1);
        await _context.CallActivityAsync("A", Options);
        await _context.CallActivityAsync<int>("A", Options);
        await _context.CallSubOrchestratorAsync("O", 1);
        await _context.CallSubOrchestratorAsync("O", Options);
        await _context.CallSubOrchestratorAsync<int>("O", Options);

        Assert.Equal(
            [
                "activity A of Object with 1, no options",
                "activity A of Object with nothing, options",
                "activity A of Int32 with nothing, options",
                "orchestrator O of Object with 1, no options",
                "orchestrator O of Object with nothing, options",
                "orchestrator O of Int32 with nothing, options",
            ],
            _context.Asked);
    }

    [Fact]
    public void Timer_with_a_delay_counts_from_the_orchestrations_clock()
    {
        _ = _context.CreateTimer(TimeSpan.FromMinutes(45), CancellationToken.None);

        Assert.Equal(["timer at 03:15"], _context.Asked);
    }

    [Fact]
    public async Task Event_in_time_is_returned_and_its_timer_cancelled()
    {
        Task<string> approval = _context.WaitForExternalEvent<string>("Approval", TimeSpan.FromMinutes(30));
        _context.Raise("yes");

        Assert.Equal("yes", await approval);
        Assert.True(_context.TimerToken.IsCancellationRequested);
        Assert.False(_context.EventToken.IsCancellationRequested);
    }

    [Fact]
    public async Task Event_that_does_not_come_in_time_cancels_the_wait()
    {
        Task<string> approval = _context.WaitForExternalEvent<string>("Approval", TimeSpan.FromMinutes(30));
        _context.FireTimer();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => approval);
        Assert.True(approval.IsCanceled);
        Assert.True(_context.EventToken.IsCancellationRequested);
        Assert.False(_context.TimerToken.IsCancellationRequested);
    }

    [Fact]
    public async Task Callers_token_ends_the_wait_and_its_timer()
    {
        using CancellationTokenSource caller = new();
        Task<string> approval = _context.WaitForExternalEvent<string>("Approval", TimeSpan.FromMinutes(30), caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => approval);
        Assert.True(_context.TimerToken.IsCancellationRequested);
    }

    /// <summary>The order is part of an orchestration's history: a replay must find the same.</summary>
    [Fact]
    public void Timer_of_a_wait_is_created_before_the_wait()
    {
        _ = _context.WaitForExternalEvent<string>("Approval", TimeSpan.FromMinutes(30));

        Assert.Equal(["timer at 03:00", "event Approval"], _context.Asked);
    }

    [Fact]
    public void Options_of_a_new_start_carry_input_and_events()
    {
        _context.ContinueAsNew(new ContinueAsNewOptions { NewInput = 7 });
        _context.ContinueAsNew(new ContinueAsNewOptions { NewInput = 8, PreserveUnprocessedEvents = false });

        Assert.Equal(["again with 7, events kept", "again with 8, events dropped"], _context.Asked);
    }

    [Fact]
    public void Entities_are_not_supported_unless_a_host_says_so() =>
        Assert.Throws<NotSupportedException>(() => _context.Entities);

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "1.0", -1)]
    [InlineData("1.0", " ", 1)]
    [InlineData("1.9", "1.10", -1)]
    [InlineData("beta", "ALPHA", 1)]
    [InlineData("beta", "BETA", 0)]
    public void Versions_compare_as_numbers_where_they_are(string running, string other, int sign)
    {
        ScriptedContext context = new() { RunningVersion = running };

        Assert.Equal(sign, Math.Sign(context.CompareVersionTo(other)));
    }
}

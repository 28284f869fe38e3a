using AffinityDurable.Core.Runs;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.Core.Tests.Runs;

public sealed class LeaseKeeperTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero));
    private readonly FileSyncState state;
    private readonly LeaseKeeper leases;

    public LeaseKeeperTests()
    {
        state = new FileSyncState(folder.Path);
        leases = new LeaseKeeper(state, time);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_free_list_is_taken_with_epoch_one()
    {
        Assert.Equal(new LeaseTaking(true, 1), await leases.TryTakeAsync(77, "a@1", Alive));

        var document = await state.ReadAsync<Lease>("leases/list-77", default);
        Assert.Equal(new Lease("a@1", 1, time.GetUtcNow()), document!.Value);
    }

    [Fact]
    public async Task A_repeated_taking_gets_the_same_epoch()
    {
        await leases.TryTakeAsync(77, "a@1", Alive);
        time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(new LeaseTaking(true, 1), await leases.TryTakeAsync(77, "a@1", Dead));
    }

    [Fact]
    public async Task A_living_holder_keeps_the_list()
    {
        await leases.TryTakeAsync(77, "a@1", Alive);

        Assert.Equal(new LeaseTaking(false, 1, HeldBy: "a@1"), await leases.TryTakeAsync(77, "b@1", Alive));
        Assert.True(await leases.HoldsAsync(77, "a@1", 1));
    }

    [Fact]
    public async Task A_dead_holder_loses_the_list_and_can_tell()
    {
        await leases.TryTakeAsync(77, "a@1", Alive);

        Assert.Equal(new LeaseTaking(true, 2, TakenOverFrom: "a@1"), await leases.TryTakeAsync(77, "b@1", Dead));
        Assert.False(await leases.HoldsAsync(77, "a@1", 1));
        Assert.True(await leases.HoldsAsync(77, "b@1", 2));
    }

    [Fact]
    public async Task Only_the_holder_releases_and_epochs_never_fall()
    {
        await leases.TryTakeAsync(77, "a@1", Alive);

        Assert.False(await leases.ReleaseAsync(77, "b@1", 1));
        Assert.False(await leases.ReleaseAsync(77, "a@1", 2));
        Assert.True(await leases.ReleaseAsync(77, "a@1", 1));
        Assert.False(await leases.HoldsAsync(77, "a@1", 1));
        Assert.False(await leases.ReleaseAsync(77, "a@1", 1));
        Assert.Equal(new LeaseTaking(true, 2), await leases.TryTakeAsync(77, "a@1", Alive));
    }

    [Fact]
    public async Task A_run_that_only_another_host_knows_keeps_the_list_for_a_while_after_its_last_sign_of_life()
    {
        var shared = new LeaseKeeper(state, time, TimeSpan.FromMinutes(15));
        await shared.TryTakeAsync(77, "a@1", Alive);
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.True(await shared.KeepAsync(77, "a@1", 1));
        time.Advance(TimeSpan.FromMinutes(14));

        Assert.Equal("a@1", await shared.HolderAsync(77, Unknown));
        Assert.Equal(new LeaseTaking(false, 1, HeldBy: "a@1"), await shared.TryTakeAsync(77, "b@1", Unknown));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await shared.HolderAsync(77, Unknown));
        Assert.Equal(new LeaseTaking(true, 2, TakenOverFrom: "a@1"), await shared.TryTakeAsync(77, "b@1", Unknown));
        Assert.False(await shared.KeepAsync(77, "a@1", 1));
    }

    [Fact]
    public async Task Where_the_store_belongs_to_one_host_a_run_that_it_does_not_know_has_lost_the_list()
    {
        await leases.TryTakeAsync(77, "a@1", Alive);

        Assert.Null(await leases.HolderAsync(77, Unknown));
        Assert.Equal(new LeaseTaking(true, 2, TakenOverFrom: "a@1"), await leases.TryTakeAsync(77, "b@1", Unknown));
    }

    [Fact]
    public async Task Signs_of_life_are_few_and_do_not_stand_in_the_way_of_a_release()
    {
        var shared = new LeaseKeeper(state, time, TimeSpan.FromMinutes(15));
        await shared.TryTakeAsync(77, "a@1", Alive);
        var taken = (await state.ReadAsync<Lease>("leases/list-77", default))!.ETag;

        Assert.True(await shared.KeepAsync(77, "a@1", 1));
        Assert.Equal(taken, (await state.ReadAsync<Lease>("leases/list-77", default))!.ETag);
        time.Advance(TimeSpan.FromMinutes(2));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => Assert.True(await shared.KeepAsync(77, "a@1", 1)))));
        Assert.True(await shared.ReleaseAsync(77, "a@1", 1));

        Assert.Null((await state.ReadAsync<Lease>("leases/list-77", default))!.Value.InstanceId);
    }

    [Fact]
    public async Task Lists_companies_and_persons_are_leased_apart()
    {
        Assert.True((await leases.TryTakeAsync(77, "a@1", Alive)).Taken);
        Assert.True((await leases.TryTakeAsync(78, "b@1", Alive)).Taken);
        Assert.True((await leases.TryTakeAsync(Lease.Companies, "c@1", Alive)).Taken);
        Assert.True((await leases.TryTakeAsync(Lease.Persons, "d@1", Alive)).Taken);
    }

    [Fact]
    public async Task Of_many_takers_of_a_free_list_exactly_one_gets_it()
    {
        var takings = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(() => Keeper().TryTakeAsync(77, $"r{i}", Alive))));

        var winner = Assert.Single(takings.Index(), taking => taking.Item.Taken);
        Assert.Equal(1, winner.Item.Epoch);
        Assert.All(takings.Where(taking => !taking.Taken), taking => Assert.Equal($"r{winner.Index}", taking.HeldBy));
    }

    [Fact]
    public async Task Of_many_takers_after_a_death_exactly_one_gets_it()
    {
        await leases.TryTakeAsync(77, "dead", Alive);

        var takings = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(() =>
            Keeper().TryTakeAsync(77, $"r{i}", (holder, _) => Task.FromResult<bool?>(holder != "dead")))));

        Assert.Equal(new LeaseTaking(true, 2, TakenOverFrom: "dead"), Assert.Single(takings, taking => taking.Taken));
    }

    /// <summary>Whatever happens in whatever order: at most one living run holds the list, and no epoch is given to two runs.</summary>
    [Fact]
    public async Task Histories_of_takings_deaths_and_releases_never_give_one_epoch_to_two_runs()
    {
        var runs = Gen.Int[0, 3];
        var step = Gen.OneOf(runs.Select(run => (What: 't', Run: run)), runs.Select(run => (What: 'd', Run: run)), runs.Select(run => (What: 'r', Run: run)));
        await step.List[1, 25].SampleAsync(
            async steps =>
            {
                using var own = new TemporaryFolder();
                var keeper = new LeaseKeeper(new FileSyncState(own.Path), time);
                var dead = new HashSet<string>(StringComparer.Ordinal);
                var epochs = new Dictionary<long, string>();
                var held = new Dictionary<string, long>(StringComparer.Ordinal);
                foreach (var (what, run) in steps)
                {
                    var id = $"r{run}";
                    await (what switch
                    {
                        't' when !dead.Contains(id) => TakeAsync(keeper, id, dead, epochs, held),
                        'r' when held.Remove(id, out var epoch) => keeper.ReleaseAsync(77, id, epoch),
                        'd' => Task.FromResult(dead.Add(id)),
                        _ => Task.CompletedTask,
                    });
                    var holders = 0;
                    foreach (var (holder, epoch) in held.Where(pair => !dead.Contains(pair.Key)))
                    {
                        holders += await keeper.HoldsAsync(77, holder, epoch) ? 1 : 0;
                    }

                    Assert.InRange(holders, 0, 1);
                }
            },
            iter: 60,
            threads: 2);
    }

    private static async Task TakeAsync(LeaseKeeper keeper, string id, HashSet<string> dead, Dictionary<long, string> epochs, Dictionary<string, long> held)
    {
        var taking = await keeper.TryTakeAsync(77, id, (holder, _) => Task.FromResult<bool?>(!dead.Contains(holder)));
        if (taking.Taken)
        {
            Assert.True(epochs.TryAdd(taking.Epoch, id) || epochs[taking.Epoch] == id);
            held[id] = taking.Epoch;
        }
        else
        {
            Assert.DoesNotContain(taking.HeldBy!, dead);
        }
    }

    private static Task<bool?> Alive(string holder, CancellationToken cancellationToken) => Task.FromResult<bool?>(true);

    private static Task<bool?> Dead(string holder, CancellationToken cancellationToken) => Task.FromResult<bool?>(false);

    private static Task<bool?> Unknown(string holder, CancellationToken cancellationToken) => Task.FromResult<bool?>(null);

    private LeaseKeeper Keeper() => new(new FileSyncState(folder.Path), time);
}

using System.Net;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Changes;

namespace AffinityDurable.Simulator.Tests;

/// <summary>What people do in the product between a client's read and its write.</summary>
public sealed class WorldTests
{
    [Fact]
    public async Task An_entry_is_deleted_just_before_the_write_is_carried_out()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Add(new() { Method = "PATCH", DeletesEntry = true });
        Assert.Equal(HttpStatusCode.OK, (await sim.GetAsync(sim.EntryPath)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await sim.PatchAsync(sim.Account.Entry, sim.Account.Arr.To("1"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await sim.GetAsync(sim.EntryPath)).Status);
        Assert.Equal([sim.Account.Other], sim.Account.List.Entries);
        var happening = sim.Server.Faults.Happened.Single();
        Assert.Equal((HappeningKind.EntryDeleted, sim.Account.Entry.Id, sim.Account.Acme.Id), (happening.Kind, happening.ListEntryId, happening.EntityId));
    }

    [Fact]
    public async Task Only_requests_that_name_an_entry_count_for_a_fault_that_deletes_one()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Add(new() { DeletesEntry = true, Skip = 1 });
        await sim.GetAsync("v2/lists");
        await sim.GetAsync($"v2/lists/{sim.Account.List.Id}/list-entries/4711");
        await sim.GetAsync(sim.EntryPath);
        Assert.Equal(2, sim.Account.List.EntryCount);
        await sim.GetAsync(sim.EntryPath);
        Assert.Equal(1, sim.Account.List.EntryCount);
    }

    [Fact]
    public async Task An_option_that_the_write_refers_to_is_removed_and_cleared_on_every_row()
    {
        await using var sim = await Sim.StartAsync();
        var (tags, entry, other) = (sim.Account.Tags, sim.Account.Entry, sim.Account.Other);
        entry.Set(tags, new[] { "AI", "Bio" });
        other.Set(tags, new[] { "Bio" }).Set(sim.Account.Stage, "Seed");
        var bio = tags.FindOption("Bio")!.Id;
        sim.Server.Faults.Add(new() { Method = "PATCH", RemovesOption = true });
        var answer = await sim.PatchAsync(sim.Account.Arr.To("1"), tags.To($$"""[{"dropdownOptionId":{{bio}}}]"""));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Null(tags.FindOption(bio));
        Assert.Equal(["AI", "Climate"], tags.Options.Select(option => option.Text));
        Assert.Equal(["AI"], (string[])entry.Get(tags)!);
        Assert.Null(other.Get(tags));
        Assert.Equal("Seed", other.Get(sim.Account.Stage));
        var happening = sim.Server.Faults.Happened.Single();
        Assert.Equal((HappeningKind.OptionRemoved, tags.Id, bio), (happening.Kind, happening.FieldId, happening.OptionId));
    }

    [Fact]
    public async Task Without_one_in_the_body_any_option_of_the_list_is_removed()
    {
        await using var sim = await Sim.StartAsync();
        foreach (var field in new[] { sim.Account.Stage, sim.Account.Status })
        {
            sim.Account.Entry.Set(field, field.Options[0]).Set(field, field.Options[0]);
        }

        var before = Options(sim);
        sim.Server.Faults.Add(new() { Method = "GET", RemovesOption = true, Times = before.Count });
        for (var call = 0; call < before.Count; call++)
        {
            await sim.GetAsync(sim.EntryPath);
        }

        Assert.Empty(Options(sim));
        Assert.Equal(before, sim.Server.Faults.Happened.Select(happening => happening.OptionId!.Value).Order());
        Assert.Equal((null, null), (sim.Account.Entry.Get(sim.Account.Stage), sim.Account.Entry.Get(sim.Account.Status)));
        await sim.GetAsync(sim.EntryPath);
        Assert.Empty(sim.Server.Faults.Pending);
    }

    [Fact]
    public async Task A_person_edits_a_field_that_the_write_names_and_is_overwritten()
    {
        await using var sim = await Sim.StartAsync();
        var colleague = sim.Account.Tenant.AddUser("Bob", null, "bob@example.vc");
        sim.Account.Entry.Set(sim.Account.Arr, 5.0);
        sim.Server.Faults.Add(new() { Method = "PATCH", EditsValue = true, Skip = 1 });
        await sim.PatchAsync(sim.Account.Other, sim.Account.Arr.To("1"));
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(sim.Account.Arr.To("7"))).Status);
        var edit = sim.Server.Faults.Happened.Single();
        Assert.Equal(
            (HappeningKind.ValueEdited, sim.Account.Entry.Id, sim.Account.Arr.Id, colleague.Id, 5.0),
            (edit.Kind, edit.ListEntryId, edit.FieldId, edit.UserId, edit.Before));
        Assert.NotEqual(5.0, Assert.IsType<double>(edit.After));
        Assert.Equal(7.0, sim.Account.Entry.Get(sim.Account.Arr));
    }

    [Fact]
    public async Task A_person_edits_the_field_that_is_asked_for()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Add(new() { EditsValue = true, EditedField = sim.Account.Note.Id });
        await sim.PatchAsync(sim.Account.Arr.To("7"));
        var edit = sim.Server.Faults.Happened.Single();
        Assert.Equal((sim.Account.Note.Id, null), (edit.FieldId, edit.Before));
        Assert.Equal(edit.After, sim.Account.Entry.Get(sim.Account.Note));
    }

    [Fact]
    public async Task What_people_enter_is_legal_for_every_type_and_other_than_before()
    {
        await using var sim = await Sim.StartAsync();
        var writable = sim.Account.List.Fields.Where(field => field.ValueType.IsWritable()).ToArray();
        Assert.Equal(15, writable.Select(field => field.ValueType).Distinct().Count());
        foreach (var field in writable)
        {
            sim.Server.Faults.Add(new() { EditsValue = true, EditedField = field.Id, Times = 3 });
        }

        for (var read = 0; read < 3; read++)
        {
            Assert.Equal(HttpStatusCode.OK, (await sim.GetAsync(sim.EntryPath)).Status);
        }

        Assert.Equal(3 * writable.Length, sim.Server.Faults.Happened.Count);
        Assert.All(sim.Server.Faults.Happened, edit => Assert.NotEqual(Shown(edit.Before), Shown(edit.After)));
        foreach (var field in writable)
        {
            var value = (await sim.ReadAsync(field)).AsObject();
            value.Remove("totalCount");
            Assert.NotNull(value["data"]);
            Assert.Equal(Shown(sim.Server.Faults.Happened.Last(edit => edit.FieldId == field.Id).After), Shown(sim.Account.Entry.Get(field)));
        }
    }

    [Fact]
    public async Task The_same_seed_makes_the_same_edits()
    {
        var (first, again, other) = (await EditsAsync(seed: 1), await EditsAsync(seed: 1), await EditsAsync(seed: 2));
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);

        static async Task<List<(string?, string)>> EditsAsync(ulong seed)
        {
            await using var sim = await Sim.StartAsync();
            sim.Server.Faults.Add(new() { EditsValue = true, Seed = seed, Times = null });
            for (var read = 0; read < 10; read++)
            {
                await sim.GetAsync(sim.EntryPath);
            }

            return [.. sim.Server.Faults.Happened.Select(edit => (edit.FieldId, Shown(edit.After)))];
        }
    }

    [Fact]
    public async Task A_company_in_the_path_is_edited_too()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Add(new() { EditsValue = true, EditedField = sim.Account.Sector.Id });
        await sim.GetAsync("v2/lists");
        await sim.GetAsync($"v2/companies/{sim.Account.Acme.Id}");
        var edit = sim.Server.Faults.Happened.Single();
        Assert.Equal((null, sim.Account.Acme.Id), (edit.ListEntryId, edit.EntityId));
        Assert.Equal(edit.After, sim.Account.Acme.Get(sim.Account.Sector));
    }

    [Fact]
    public async Task What_people_do_is_in_the_feed_of_changes_under_their_names()
    {
        await using var sim = await Sim.StartAsync();
        var colleague = sim.Account.Tenant.AddUser("Bob", null, "bob@example.vc");
        sim.Account.Entry.Set(sim.Account.Stage, "Seed");
        sim.Account.Other.Set(sim.Account.Stage, "Series A");
        var seed = sim.Account.Stage.FindOption("Seed")!.Id;
        sim.Server.Faults.Add(new() { Method = "PATCH", EditsValue = true });
        await sim.PatchAsync(sim.Account.Arr.To("7"));
        sim.Server.Faults.Add(new() { Method = "PATCH", RemovesOption = true });
        await sim.PatchAsync(sim.Account.Stage.To($$"""{"dropdownOptionId":{{seed}}}"""));
        var feed = await sim.FeedAsync();
        Assert.Equal([colleague.Id, sim.Server.Tenant.ApiKeys.Single().User.Id, colleague.Id], feed.Select(change => (long)change!["changer"]!["id"]!));
        Assert.Equal(["add", "update", "delete"], feed.Select(change => (string)change!["actionType"]!));
        Assert.Contains("Seed", feed[2]!["value"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_option_is_left_on_a_row_that_is_written_while_it_is_removed()
    {
        await using var sim = await Sim.StartAsync(new() { CallsPerMinute = int.MaxValue });
        var (list, stage, tags) = (sim.Account.List, sim.Account.Stage, sim.Account.Tags);
        var entries = Enumerable.Range(1, 40).Select(number => list.AddEntry(sim.Account.Tenant.AddCompany($"Company {number}"))).ToArray();
        var (seed, bio) = (stage.FindOption("Seed")!.Id, tags.FindOption("Bio")!.Id);
        sim.Server.Faults.Add(new() { Method = "PATCH", Skip = 20, RemovesOption = true });
        sim.Server.Faults.Add(new() { Method = "PATCH", Skip = 20, RemovesOption = true, Seed = 2 });
        await Parallel.ForEachAsync(entries, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (entry, _) => await sim.PatchAsync(
            entry, stage.To($$"""{"dropdownOptionId":{{seed}}}"""), tags.To($$"""[{"dropdownOptionId":{{bio}}}]""")));
        Assert.Equal(2, sim.Server.Faults.Happened.Count);
        var removed = sim.Server.Faults.Happened.Select(happening => happening.FieldId).ToHashSet();
        Assert.All(entries, entry => Assert.True(!removed.Contains(stage.Id) || entry[stage].IsEmpty));
        Assert.All(entries, entry => Assert.True(!removed.Contains(tags.Id) || entry[tags].IsEmpty));
    }

    [Fact]
    public async Task A_write_with_an_unsound_body_is_refused_as_ever_after_the_edit()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Add(new() { EditsValue = true });
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.PatchBodyAsync("{\"operation\":")).Status);
        Assert.Single(sim.Server.Faults.Happened);
    }

    [Fact]
    public async Task The_happenings_kept_are_the_last_ones()
    {
        await using var sim = await Sim.StartAsync();
        foreach (var number in Enumerable.Range(0, FaultPlan.Capacity + 5))
        {
            sim.Server.Faults.Record(new Happening(HappeningKind.ValueEdited, DateTimeOffset.UnixEpoch) { UserId = number });
        }

        Assert.Equal((FaultPlan.Capacity, 5), (sim.Server.Faults.Happened.Count, sim.Server.Faults.Happened[0].UserId));
    }

    private static List<long> Options(Sim sim) => [.. sim.Account.List.Fields.SelectMany(field => field.Options).Select(option => option.Id).Order()];

    private static string Shown(object? value) => System.Text.Json.JsonSerializer.Serialize(value);
}

using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Validation;
using AffinityDurable.Simulator.Writing;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Faults;

/// <summary>Changes the account the way people do who work in it while a client does, between two of its requests.</summary>
internal sealed class WorldEffects(Simulation simulation)
{
    private readonly FieldWrites _writes = new(simulation);
    private readonly OptionWrites _options = new(simulation);
    private readonly EntryRemoval _removal = new(simulation);

    public async Task ApplyAsync(FaultStrike strike, HttpContext context)
    {
        var updates = strike.Hits.Any(hit => hit.Fault.EditsValue || hit.Fault.RemovesOption)
            ? await NamedUpdates.ReadAsync(context, UpdateSchema.OfEntries(simulation.Behavior))
            : [];
        foreach (var hit in strike.Hits)
        {
            if (hit.Fault.OnMatch is { } onMatch)
            {
                await onMatch();
            }

            Apply(hit, strike.Request, updates);
        }
    }

    private void Apply(FaultHit hit, FaultedRequest request, IReadOnlyList<FieldUpdate> updates)
    {
        if (hit.Fault.EditsValue)
        {
            Edit(hit, request, updates);
        }

        if (hit.Fault.RemovesOption)
        {
            RemoveOption(hit.Dice, request, updates);
        }

        if (hit.Fault.DeletesEntry)
        {
            DeleteEntry(request);
        }

        if (hit.Fault.ReplacesKey)
        {
            simulation.Faults.Record(new Happening(HappeningKind.KeyReplaced, request.At) { UserId = request.Key.User.Id });
        }
    }

    private void Edit(FaultHit hit, FaultedRequest request, IReadOnlyList<FieldUpdate> updates)
    {
        Field[] editable = [.. request.Fields.Where(field => FaultedRequest.IsEditable(field, hit.Fault))];
        Field[] named = Array.FindAll(editable, field => updates.Any(update => update.FieldId == field.Id));
        if (Pick(named.Length > 0 ? named : editable, hit.Dice) is not { } field || request.Entity is not { } entity)
        {
            return;
        }

        var editor = Editor(request);
        var others = new OtherValue(request.Tenant, hit.Dice);
        var target = request.Entry is { } entry ? WriteTarget.Of(entry) : WriteTarget.Of(entity);
        if (_writes.ChangeByHand(target, field, current => others.Than(field, current), editor) is { } edit)
        {
            simulation.Faults.Record(new Happening(HappeningKind.ValueEdited, simulation.Time.GetUtcNow())
            {
                UserId = editor,
                ListEntryId = request.Entry?.Id,
                EntityId = entity.Id,
                FieldId = field.Id,
                Before = PlainValue.FromStored(field, edit.Before),
                After = PlainValue.FromStored(field, edit.Value),
            });
        }
    }

    private void RemoveOption(Dice dice, FaultedRequest request, IReadOnlyList<FieldUpdate> updates)
    {
        (Field Field, DropdownOption Option)[] all = [.. request.Fields.SelectMany(field => field.Options.Select(option => (field, option)))];
        var named = Array.FindAll(all, each => updates.Any(
            update => update.FieldId == each.Field.Id && NamedUpdates.Options(update).Contains(each.Option.Id)));
        var candidates = named.Length > 0 ? named : all;
        if (candidates.Length == 0)
        {
            return;
        }

        var (field, option) = candidates[dice.Roll(candidates.Length)];
        var remover = Editor(request);
        if (_options.Delete(field, option.Id, remover))
        {
            simulation.Faults.Record(new Happening(HappeningKind.OptionRemoved, simulation.Time.GetUtcNow())
            {
                UserId = remover,
                FieldId = field.Id,
                OptionId = option.Id,
                Before = option.Text,
            });
        }
    }

    private void DeleteEntry(FaultedRequest request)
    {
        if (request.Entry is { } entry && _removal.Remove(entry))
        {
            simulation.Faults.Record(new Happening(HappeningKind.EntryDeleted, simulation.Time.GetUtcNow())
            {
                UserId = Editor(request),
                ListEntryId = entry.Id,
                EntityId = entry.Entity.Id,
            });
        }
    }

    /// <summary>A colleague of the user whose key is used; the user, where there is none.</summary>
    private static long Editor(FaultedRequest request) =>
        request.Tenant.Persons.FirstOrDefault(person => person.IsInternal && person.Id != request.Key.User.Id)?.Id ?? request.Key.User.Id;

    private static Field? Pick(Field[] fields, Dice dice) => fields.Length == 0 ? null : fields[dice.Roll(fields.Length)];
}
